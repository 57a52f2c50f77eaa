public import PatchbayCore
import Synchronization

/// Keeps what it is given; for tests.
public struct RecordingSink: Sink {
  /// The name of its type.
  public static let type = "recording"
  /// What it does.
  public static let doc = "Keeps what it is given, for a test."

  /// What one sink has seen; shared with the test.
  public final class Record: Sendable {
    /// An event with what became of it.
    public struct Entry: Sendable {
      /// The event.
      public let fields: EventFields
      /// What became of it.
      public let outcome: Outcome
      /// The outcome's code; empty if there is none.
      public let code: String
      /// The outcome's reason; empty if there is none.
      public let reason: String
      /// Whether a validator has passed it.
      public let isValidated: Bool
    }

    private let state = Mutex<(entries: [Entry], reports: [RunReport])>(([], []))

    /// Makes an empty record.
    public init() {}

    /// What was written, in order.
    public var entries: [Entry] { state.withLock { $0.entries } }
    /// The reports that it finished with.
    public var reports: [RunReport] { state.withLock { $0.reports } }
    /// The sequence ids of what was written; empty for an event without one.
    public var ids: [String] { entries.map { $0.fields.sequenceID ?? "" } }

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
  public typealias Behaviour = @Sendable (EventBatch, Int) async throws -> WriteResult

  /// What it has seen.
  public let record = Record()
  private let behaviour: Behaviour
  private var writes = 0

  /// Makes a sink that first does what a closure says.
  public init(_ behaviour: @escaping Behaviour = { _, _ in .all }) {
    self.behaviour = behaviour
  }

  /// Nothing beside its context.
  public var reach: StageReach { .context }

  /// Makes a sink that keeps everything.
  public init(_ options: NoOptions) {
    self.init()
  }

  /// Keeps what the behaviour lets through.
  public mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    let batch = copy batch
    writes += 1
    let result = try await behaviour(batch, writes)
    let left = Set(result.undelivered + result.refused.map(\.index))
    record.add(batch, batch.indices.filter { !left.contains($0) })
    return result
  }

  /// Keeps the report.
  public mutating func finish(_ report: RunReport) async throws {
    record.add(report)
  }
}
