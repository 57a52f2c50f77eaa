package import PatchbayCore
import Synchronization

/// Counts what injectors did and where accepted events' time went, in fixed memory.
///
/// Injectors write into one recording, whoever asks gets what has been put together: to ask takes the
/// recording away and puts an empty one in its place, so that nobody who injects waits for it.
package final class LatencyRecorder: Sendable {
  private let recording = Mutex(InjectionRecording())
  private let total = Mutex(Total())
  private let meters: RunMeters?

  /// What has been asked for before, and a recording to put in the place of the present one.
  private struct Total {
    var report = InjectionReport()
    var spare: InjectionRecording? = InjectionRecording()
  }

  /// Makes a recorder that tells no metrics backend.
  package convenience init() { self.init(meters: nil) }

  init(meters: RunMeters?) {
    self.meters = meters
  }

  /// Notes every event of a batch that an injector has judged.
  package func record(_ batch: borrowing EventBatch) {
    recording.withLock { recording in
      for index in batch.indices { recording.add(batch.outcome(at: index)) }
    }
    guard let meters else { return }
    // Not under the lock: the program's metrics may do anything, also ask for the progress.
    for index in batch.indices { meters.add(batch.outcome(at: index)) }
  }

  package var report: InjectionReport {
    total.withLock { total in
      var taken = total.spare ?? InjectionRecording()
      recording.withLock { swap(&$0, &taken) }
      taken.add(to: &total.report)
      taken.clear()
      total.spare = taken
      return total.report
    }
  }
}
