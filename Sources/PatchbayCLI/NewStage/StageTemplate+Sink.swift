extension StageTemplate {
  /// Prints a line for each event.
  static let sink = StageTemplate(
    source: #"""
      import PatchbayCore

      /// Prints each event's id and state.
      public struct MODULE: Sink {
        /// The name in a configuration.
        public static let type = "TYPE"
        /// What it does; `patchbay stages` shows it.
        public static let doc = "Prints each event's id and state."

        /// The options: checks, help and schema are made from this.
        public struct Options: OptionGroup {
          let prefix: String

          /// Declares and reads the options.
          public init(from options: inout OptionReader) {
            prefix = options.value("prefix", default: "", doc: "What each line begins with.")
          }
        }

        private let options: Options
        private var console: (any Console)?

        /// Nothing beside its context.
        public var reach: StageReach { .context }

        /// Makes a sink without touching the outside world.
        public init(_ options: Options) {
          self.options = options
        }

        /// Connects. Called once, before any event; a throw ends the run before it starts.
        public mutating func open(_ context: StageContext) async throws {
          console = context.console
        }

        /// Writes a batch. The result names what wasn't written: that comes again. A throw means all of
        /// it; a `DeliveryError` that it need not come again.
        public mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
          var text = ""
          for index in batch.indices {
            let event = batch[index]
            text += "\(options.prefix)\(batch.sequenceID(of: event)) \(batch.state(of: event))\n"
          }
          try await console?.write(Array(text.utf8))
          return .all
        }

        /// Completes and releases everything. Called once, after the last batch, also after a failure.
        public mutating func finish(_ report: RunReport) async throws {
          console = nil
        }
      }

      """#,
    tests: #"""
      import MODULE
      import PatchbayKit
      import PatchbayTesting
      import Testing

      struct MODULETests {
        @Test func `it keeps the contract of a sink`() async {
          #expect(await Conformance(MODULE.self, options: ["prefix": "> "]).problems() == [])
        }

        @Test func `it prints a line for each event`() async throws {
          var pipeline = Pipeline()
          pipeline.add("desk", ScriptedSource(count: 2))
          pipeline.add("lines", MODULE(try MODULE.Options(["prefix": "> "])), inputs: ["desk"])
          let console = CapturedConsole()
          var environment = RunEnvironment()
          environment.console = console
          let report = try await pipeline.run(in: environment)
          #expect(report.events.delivered == 2)
          #expect(
            console.lines == [
              "> test-0 routing/agent/available", "> test-1 routing/agent/available",
            ])
        }
      }

      """#,
    example: #"""
      {
        "include": ["../../config.json"],
        "sinks": { "TYPE": { "type": "TYPE", "inputs": ["states"], "prefix": "TYPE: " } }
      }

      """#,
    snippet: #"""
      "sinks": { "TYPE": { "type": "TYPE", "inputs": ["states"] } }
      """#)
}
