package import PatchbayCore
import Synchronization

/// Keeps what it is given; for tests.
package struct RecordingSink: Sink {
  package static let type = "recording"
  package static let doc = "Keeps what it is given, for a test."

  /// What one sink has seen; shared with the test.
  package final class Record: Sendable {
    /// An event with what became of it.
    package struct Entry: Sendable {
      package let fields: EventFields
      package let outcome: Outcome
      package let code: String
      package let reason: String
      package let isValidated: Bool
    }

    private let state = Mutex<(entries: [Entry], reports: [RunReport])>(([], []))

    package init() {}

    package var entries: [Entry] { state.withLock { $0.entries } }
    package var reports: [RunReport] { state.withLock { $0.reports } }
    package var ids: [String] { entries.map { $0.fields.sequenceID ?? "" } }

    func add(_ batch: EventBatch, _ indices: some Sequence<Int>) {
      let entries = indices.map { index in
        let outcome = batch.outcome(at: index)
        return Entry(
          fields: batch.fields(of: batch[index]), outcome: outcome,
          code: batch.text(outcome.code), reason: batch.text(outcome.reason),
          isValidated: batch[index].isValidated)
      }
      state.withLock { $0.entries += entries }
    }

    func add(_ report: RunReport) { state.withLock { $0.reports.append(report) } }
  }

  /// Decides what a write does before anything is kept; gets the batch and the write's number.
  package typealias Behaviour = @Sendable (EventBatch, Int) async throws -> WriteResult

  package let record = Record()
  private let behaviour: Behaviour
  private var writes = 0

  package init(_ behaviour: @escaping Behaviour = { _, _ in .all }) {
    self.behaviour = behaviour
  }

  package init(_ options: NoOptions) {
    self.init()
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    let batch = copy batch
    writes += 1
    let result = try await behaviour(batch, writes)
    let left = Set(result.undelivered + result.refused.map(\.index))
    record.add(batch, batch.indices.filter { !left.contains($0) })
    return result
  }

  package mutating func finish(_ report: RunReport) async throws {
    record.add(report)
  }
}
