#if SQLiteSink
  import PatchbayKit
  import SQLiteSink
  import Synchronization

  /// A run of some events into the sink, and into another one beside it.
  struct TestRun {
    let place: TemporaryPlace
    var options: JSONValue
    var batches: [[EventFields]] = []
    var verdicts: [String: TestInjector.Answer] = [:]
    /// The state from which an event's transition is forbidden, by sequence id.
    var forbidden: [String: String] = [:]
    /// Is called when a write of the sink fails.
    var onFailure: @Sendable () -> Void = {}

    /// What a run left.
    struct Result {
      let report: RunReport
      /// What the other sink was given.
      let others: [String]

      /// The failures, without how often each came.
      var failures: [String] {
        report.failures.map { $0.replacing(#/ \(\d+ times\)$/#, with: "") }
      }
      var sink: StageReport? { report.stages.first { $0.name == "db" } }
    }

    /// Makes a run that writes to the place's database.
    init(in place: TemporaryPlace, _ options: [JSONValue.Member] = []) {
      self.place = place
      self.options = .object([.init("path", .string(place.database))] + options)
    }

    func run() async throws -> Result {
      var options = RunOptions()
      options.clock = .virtual
      options.seed = 42
      options.directory = place.path + "/runs"
      var pipeline = Pipeline(name: "orders", options: options)
      let batches = batches
      pipeline.add(
        "source",
        ClosureSource { outlet in
          for events in batches {
            var batch = outlet.makeBatch()
            for event in events { batch.append(event, intended: Timestamp(nanoseconds: 0)) }
            try await outlet.emit(batch)
          }
        })
      pipeline.add("target", TestInjector(verdicts), inputs: ["source"])
      pipeline.add(
        "machine", TestCorrelator(forbidden), inputs: ["target", "target.failed"])
      let others = Mutex<[String]>([])
      pipeline.add(
        "db", WatchedSink(try Self.makeSink(self.options), onFailure), inputs: ["machine"])
      pipeline.add(
        "other",
        ClosureSink { batch -> Void in
          let ids = batch.indices.map { batch.sequenceID(of: batch[$0]) }
          others.withLock { $0 += ids }
        }, inputs: ["machine"])
      let report = try await pipeline.run()
      return Result(report: report, others: others.withLock { $0 })
    }

    static func makeSink(_ options: JSONValue) throws -> any Sink {
      func make<Made: Sink>(_ type: Made.Type) throws -> any Sink {
        Made(try Made.Options(options))
      }
      guard let type = PluginEntry.stages.first as? any Sink.Type else {
        throw PipelineError("the module has no sink")
      }
      return try make(type)
    }
  }

  extension EventFields {
    /// An event of an order's number.
    static func order(_ number: Int, state: String = "busy") -> EventFields {
      EventFields(
        sequenceID: "s-\(number)", timestamp: "2026-01-31T09:30:00.123456789Z",
        interactionID: "00000000-0000-4000-8000-000000000001",
        agentID: "00000000-0000-4000-8000-000000000002", state: state, eventType: "state",
        attributes: #"{"queue":"sales"}"#)
    }
  }
#endif
