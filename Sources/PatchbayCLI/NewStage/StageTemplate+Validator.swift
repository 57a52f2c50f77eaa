extension StageTemplate {
  /// Turns away long states.
  static let validator = StageTemplate(
    source: #"""
      import PatchbayCore

      /// Rejects events whose state's name is too long.
      ///
      /// One that has to wait for something, such as a service, is an `AsyncValidator`.
      public struct MODULE: Validator {
        /// The name in a configuration.
        public static let type = "TYPE"
        /// What it does; `patchbay stages` shows it.
        public static let doc = "Rejects events whose state's name is too long."

        /// The options: checks, help and schema are made from this.
        public struct Options: OptionGroup {
          let longest: Int

          /// Declares and reads the options.
          public init(from options: inout OptionReader) {
            longest = options.value(
              "longest", default: 40, .range(1...10_000), doc: "The most bytes of a state's name.")
          }
        }

        private let options: Options

        /// Nothing beside its context.
        public var reach: StageReach { .context }

        /// Makes a validator.
        public init(_ options: Options) {
          self.options = options
        }

        /// Judges one event. Called in order, on one task at a time; must not block.
        public mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
          let count = batch.state(of: event).utf8.count
          if count <= options.longest { return .accept }
          return .reject(
            code: "state.too_long",
            reason: "the state's name has \(count) bytes, more than the \(options.longest) of "
              + "\"longest\"")
        }
      }

      """#,
    tests: #"""
      import MODULE
      import PatchbayKit
      import PatchbayTesting
      import Testing

      struct MODULETests {
        @Test func `it keeps the contract of a validator`() async {
          #expect(await Conformance(MODULE.self, options: ["longest": 10]).problems() == [])
        }

        @Test func `it rejects long names and says why`() async throws {
          var pipeline = Pipeline()
          pipeline.add("desk", ScriptedSource(count: 1))
          pipeline.add("TYPE", MODULE(try MODULE.Options(["longest": 10])), inputs: ["desk"])
          let (passed, rejected) = (RecordingSink(), RecordingSink())
          pipeline.add("passed", passed, inputs: ["TYPE"])
          pipeline.add("rejected", rejected, inputs: ["TYPE.rejected"])
          _ = try await pipeline.run()
          #expect(passed.record.ids == [])
          #expect(
            rejected.record.entries.map(\.reason) == [
              "the state's name has 23 bytes, more than the 10 of \"longest\""
            ])
        }
      }

      """#,
    example: #"""
      {
        "include": ["../../config.json"],
        "validators": { "TYPE": { "type": "TYPE", "inputs": ["schema"], "longest": 23 } },
        "injectors": { "inject": { "inputs": ["TYPE"] } },
        "sinks": { "console": { "inputs": ["states", "schema.rejected", "TYPE.rejected"] } },
        "thresholds": { "correlation.mismatches": null }
      }

      """#,
    snippet: #"""
      "validators": { "TYPE": { "type": "TYPE", "inputs": ["schema"] } },
      "injectors": { "inject": { "inputs": ["TYPE"] } }
      """#)
}
