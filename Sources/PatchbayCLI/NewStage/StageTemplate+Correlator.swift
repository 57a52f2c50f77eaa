extension StageTemplate {
  /// Counts events by state.
  static let correlator = StageTemplate(
    source: #"""
      import PatchbayCore

      /// Counts events by state, and names the most frequent states in the summary.
      public struct MODULE: Correlator {
        /// The name in a configuration.
        public static let type = "TYPE"
        /// What it does; `patchbay stages` shows it.
        public static let doc = "Counts events by state."
        /// What `findings()` fills; thresholds may name it: `"TYPE.states": ">= 5"`.
        public static let metrics = [
          MetricDeclaration("states", doc: "How many different states there were.")
        ]

        /// The options: checks, help and schema are made from this.
        public struct Options: OptionGroup {
          let top: Int

          /// Declares and reads the options.
          public init(from options: inout OptionReader) {
            top = options.value(
              "top", default: 10, .range(1...1_000), doc: "How many states the summary names.")
          }
        }

        private let options: Options
        private var counts: [String: Int] = [:]

        /// Nothing beside its context.
        public var reach: StageReach { .context }

        /// Makes a correlator.
        public init(_ options: Options) {
          self.options = options
        }

        /// Takes note of one event. Called in order; must not block. `.pass` lets it go on, `.absorb`
        /// ends it here, `.hold` keeps it until `advance(to:)` releases it.
        public mutating func observe(
          _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
        ) -> Observation {
          counts[batch.state(of: event), default: 0] += 1
          return .pass
        }

        /// What it has to tell. Called once, after its last event.
        public func findings() -> Findings {
          var findings = Findings()
          findings["states"] = Double(counts.count)
          let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(options.top)
          findings.tables = [
            .init(
              title: "states", columns: ["state", "events"],
              rows: top.map { [$0.key, String($0.value)] })
          ]
          return findings
        }
      }

      """#,
    tests: #"""
      import MODULE
      import PatchbayKit
      import PatchbayTesting
      import Testing

      struct MODULETests {
        @Test func `it keeps the contract of a correlator`() async {
          #expect(await Conformance(MODULE.self).problems() == [])
        }

        @Test func `it counts states`() async throws {
          var pipeline = Pipeline()
          pipeline.add("desk", ScriptedSource(count: 3))
          pipeline.add("TYPE", MODULE(try MODULE.Options([:])), inputs: ["desk"])
          pipeline.add("kept", RecordingSink(), inputs: ["TYPE"])
          let report = try await pipeline.run()
          let findings = report.stages.first { $0.name == "TYPE" }?.findings
          #expect(findings?["states"] == 1)
          #expect(findings?.tables.first?.rows == [["routing/agent/available", "3"]])
        }
      }

      """#,
    example: #"""
      {
        "include": ["../../config.json"],
        "correlators": { "TYPE": { "type": "TYPE", "inputs": ["states"] } },
        "sinks": { "console": { "inputs": ["TYPE", "schema.rejected"] } }
      }

      """#,
    snippet: #"""
      "correlators": { "TYPE": { "type": "TYPE", "inputs": ["states"] } }
      """#)
}
