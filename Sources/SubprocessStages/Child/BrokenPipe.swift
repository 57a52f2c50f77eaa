#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a write to a program does that has closed its input.
enum BrokenPipe {
  /// Makes it an error of the write instead of the end of this process.
  ///
  /// SIGPIPE is a matter of the whole process, and there is no way to write to a pipe without it. A
  /// handler or an order to ignore it that is already there stays.
  static func becomesAnError() {
    if let previous = signal(SIGPIPE, SIG_IGN) { signal(SIGPIPE, previous) }
  }
}
