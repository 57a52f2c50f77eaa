#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Notices when the process that started this one is gone, also by a signal that nobody can catch.
///
/// The system gives a process another parent then. Linux could send a signal (`PR_SET_PDEATHSIG`), but
/// does so when the *thread* ends that started it, and threads come and go in test runners.
struct ParentWatch {
  private static let interval = Duration.milliseconds(200)

  private let parent = getppid()

  /// The id of this process.
  static var ownID: Int { Int(getpid()) }

  /// Returns once the parent is gone.
  ///
  /// - Throws: `CancellationError` if cancelled before.
  func wait() async throws {
    while getppid() == parent { try await Task.sleep(for: Self.interval) }
  }
}
