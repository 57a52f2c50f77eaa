#if SQLiteSink
  import PatchbayKit

  /// Judges events by their sequence ids, and accepts the rest.
  struct TestInjector: Injector {
    static let type = "test-injector"
    static let doc = "Judges events as a test says."

    /// What becomes of an event.
    struct Answer: Sendable {
      var outcome: Outcome
      var code: String?
      var reason: String?
    }

    let capacity = InjectorCapacity(calls: 1, eventsPerCall: 256)
    private let answers: [String: Answer]

    init(_ options: NoOptions) { self.init([:]) }

    init(_ answers: [String: Answer]) { self.answers = answers }

    func inject(_ batch: inout EventBatch) async {
      for index in batch.indices {
        let answer =
          answers[batch.sequenceID(of: batch[index])]
          ?? Answer(outcome: Outcome(.accepted, status: 202, attempts: 1))
        batch.judge(index, answer.outcome, code: answer.code, reason: answer.reason)
      }
    }
  }

  extension TestInjector.Answer {
    /// An event that was accepted after so many milliseconds.
    static func accepted(after milliseconds: Int64) -> Self {
      var outcome = Outcome(.accepted, status: 202, attempts: 1)
      outcome.timings.service = milliseconds * 1_000_000
      return Self(outcome: outcome)
    }
  }

  /// Finds the mismatches that a test says.
  struct TestCorrelator: Correlator {
    static let type = "test-correlator"
    static let doc = "Marks events as a test says."

    private let forbidden: [String: String]

    init(_ options: NoOptions) { self.init([:]) }

    init(_ forbidden: [String: String]) { self.forbidden = forbidden }

    mutating func observe(
      _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
    ) -> Observation {
      forbidden[batch.sequenceID(of: event)].map { .found(.mismatch, from: $0) } ?? .pass
    }
  }

  /// Tells of the failures of a sink.
  struct WatchedSink: Sink {
    static let type = "watched"
    static let doc = "Watches another sink."
    static let reportsVerdict = true

    private var sink: (any Sink)?
    private let onFailure: @Sendable () -> Void

    init(_ options: NoOptions) {
      sink = nil
      onFailure = {}
    }

    init(_ sink: any Sink, _ onFailure: @escaping @Sendable () -> Void) {
      self.sink = sink
      self.onFailure = onFailure
    }

    mutating func open(_ context: StageContext) async throws { try await sink?.open(context) }

    mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
      do {
        return try await sink?.write(copy batch) ?? .all
      } catch {
        onFailure()
        throw error
      }
    }

    mutating func finish(_ report: RunReport) async throws { try await sink?.finish(report) }

    func findings() -> Findings { sink?.findings() ?? Findings() }
  }
#endif
