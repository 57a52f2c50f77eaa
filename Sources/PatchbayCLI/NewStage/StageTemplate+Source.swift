extension StageTemplate {
  /// Emits so many events, one at each interval.
  static let source = StageTemplate(
    source: #"""
      import PatchbayCore

      /// Emits events of one agent at a steady pace.
      public struct MODULE: Source {
        /// The name in a configuration.
        public static let type = "TYPE"
        /// What it does; `patchbay stages` shows it.
        public static let doc = "Emits events of one agent at a steady pace."

        /// Whether records may leave by its port `.rejected`, as those of a malformed file do.
        public static let mayReject = false

        /// The options: checks, help and schema are made from this.
        public struct Options: OptionGroup {
          let count: Int
          let interval: Duration

          /// Declares and reads the options.
          public init(from options: inout OptionReader) {
            count = options.value(
              "count", default: 10, .range(1...1_000_000), doc: "How many events are emitted.")
            interval = options.value(
              "interval", default: .milliseconds(100), .range(.zero ... .seconds(3_600)),
              doc: "How long it waits between two events, on the run's clock.")
          }
        }

        private let options: Options
        private var start = Timestamp(nanoseconds: 0)

        /// Nothing beside its context.
        public var reach: StageReach { .context }

        /// Makes a source without touching the outside world.
        public init(_ options: Options) {
          self.options = options
        }

        /// How many events there will be; `patchbay plan` shows it.
        public func forecast(_ input: ForecastInput) -> Forecast {
          var forecast = Forecast()
          forecast.events = .exactly(options.count)
          return forecast
        }

        /// Connects. Called once, before any event; a throw ends the run before it starts.
        public mutating func open(_ context: StageContext) async throws {
          start = context.startedAt
        }

        /// Emits all events, and returns when there are no more. At shutdown the task is cancelled: the
        /// `CancellationError` of a wait goes through.
        public mutating func run(emitting outlet: SourceOutlet) async throws {
          for number in 0..<options.count {
            let time = start.advanced(by: options.interval * number)
            try await outlet.wait(until: time)
            try await outlet.emit(
              EventFields(
                sequenceID: "TYPE-\(number + 1)", timestamp: "\(time)",
                interactionID: "00000000-0000-4000-8000-000000000001",
                agentID: "00000000-0000-4000-8000-000000000002",
                state: number.isMultiple(of: 2) ? "routing/agent/available" : "routing/agent/busy",
                eventType: "routing/agent/state"),
              intended: time)
          }
        }
      }

      """#,
    tests: #"""
      import MODULE
      import PatchbayKit
      import PatchbayTesting
      import Testing

      struct MODULETests {
        @Test func `it keeps the contract of a source`() async {
          #expect(await Conformance(MODULE.self, options: ["count": 500]).problems() == [])
        }

        @Test func `it emits at its pace`() async throws {
          var options = RunOptions()
          options.clock = .virtual
          var pipeline = Pipeline(options: options)
          pipeline.add("TYPE", MODULE(try MODULE.Options(["count": 3, "interval": "1h"])))
          let sink = RecordingSink()
          pipeline.add("kept", sink, inputs: ["TYPE"])
          let report = try await pipeline.run()
          #expect(report.events.delivered == 3)
          #expect(sink.record.ids == ["TYPE-1", "TYPE-2", "TYPE-3"])
        }
      }

      """#,
    example: #"""
      {
        "include": ["../../config.json"],
        "sources": { "TYPE": { "type": "TYPE", "count": 4 } },
        "validators": { "schema": { "inputs": ["desk", "TYPE"] } }
      }

      """#,
    snippet: #"""
      "sources": { "TYPE": { "type": "TYPE", "count": 4 } },
      "validators": { "schema": { "inputs": ["desk", "TYPE"] } }
      """#)
}
