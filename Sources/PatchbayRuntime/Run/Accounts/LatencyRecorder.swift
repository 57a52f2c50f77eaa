package import PatchbayCore
import Synchronization

/// Counts what injectors did and where accepted events' time went, in fixed memory.
///
/// Injectors write into one recording, whoever asks gets what has been put together: to ask takes the
/// recording away and puts an empty one in its place, so that nobody who injects waits for it.
package final class LatencyRecorder: Sendable {
  private let rooms: [LatencyLabel: LabelRoom]
  private let recording: Mutex<InjectionRecording>
  /// What has been asked for before.
  private let total: Mutex<InjectionRecording>
  private let meters: RunMeters?

  /// Makes a recorder that tells no metrics backend.
  ///
  /// - Parameter labels: what latencies are told apart by, and the values that have their place in any case.
  package convenience init(by labels: [LatencyLabel: Set<String>] = [:]) {
    self.init(by: labels, meters: nil)
  }

  init(by labels: [LatencyLabel: Set<String>], meters: RunMeters?) {
    self.meters = meters
    rooms = labels.mapValues { LabelRoom($0) }
    recording = Mutex(InjectionRecording(rooms))
    total = Mutex(InjectionRecording(rooms))
  }

  /// How much memory its histograms take, in bytes.
  package var bytes: Int { recording.withLock { $0.bytes } + total.withLock { $0.bytes } }

  /// Notes every event of a batch that an injector has judged.
  package func record(_ batch: borrowing EventBatch) {
    recording.withLock { recording in
      for index in batch.indices { recording.add(index, of: batch) }
    }
    guard let meters else { return }
    // Not under the lock: the program's metrics may do anything, also ask for the progress.
    for index in batch.indices { meters.add(batch.outcome(at: index)) }
  }

  package var report: InjectionReport {
    total.withLock { total in
      var taken = InjectionRecording(rooms)
      let labels = recording.withLock { recording in
        swap(&recording, &taken)
        return recording.takeLabels(of: &taken)
      }
      total.add(taken)
      var report = total.report
      report.labelled = labels.mapValues(\.latencies)
      return report
    }
  }
}
