import Dispatch
import Synchronization

/// What a ``WorkThread`` has to do, in order.
///
/// The thread knows this and not its owner, which could never go away otherwise.
final class WorkLine: Sendable {
  private let works = Mutex<[@Sendable () -> Void]>([])
  private let bell = DispatchSemaphore(value: 0)

  /// Adds a piece of work.
  func add(_ work: @escaping @Sendable () -> Void) {
    works.withLock { $0.append(work) }
    bell.signal()
  }

  /// Ends `run()` once everything added before is done.
  func end() { bell.signal() }

  /// Carries out what is added, on the calling thread.
  func run() {
    while true {
      bell.wait()
      guard let work = works.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
      work()
    }
  }
}
