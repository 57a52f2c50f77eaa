import PatchbayCore
import Synchronization

/// Where parked tasks are found again.
final class ParkingPlace: Sendable {
  private let tasks = Mutex<[ParkedTask]>([])

  /// Notes a task; there always is something to wait for.
  func enter(_ task: ParkedTask) -> Bool {
    tasks.withLock { $0.append(task) }
    return true
  }

  /// Resumes everybody who was noted.
  ///
  /// - Returns: for each, whether it still waited.
  @discardableResult
  func resumeAll() -> [Bool] {
    let all = tasks.withLock { tasks in
      defer { tasks = [] }
      return tasks
    }
    return all.map { $0.resume() }
  }
}

/// Cancels the task that calls it.
func cancelCurrentTask() { withUnsafeCurrentTask { $0?.cancel() } }
