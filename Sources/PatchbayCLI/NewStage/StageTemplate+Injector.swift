extension StageTemplate {
  /// Appends events to a file, the simplest target there is.
  static let injector = StageTemplate(
    source: #"""
      import PatchbayCore

      /// Hands events to a target, here a file in the run's folder, and judges what became of each.
      public struct MODULE: Injector {
        /// The name in a configuration.
        public static let type = "TYPE"
        /// What it does; `patchbay stages` shows it.
        public static let doc = "Hands events to a file in the run's folder, one JSON object a line."

        /// The options: checks, help and schema are made from this.
        public struct Options: OptionGroup {
          let file: String

          /// Declares and reads the options.
          public init(from options: inout OptionReader) {
            file = options.value(
              "file", default: "TYPE.jsonl", .nonEmpty, doc: "The file's name in the run's folder.")
          }
        }

        private let options: Options
        private var file: RecordFile?

        /// Nothing beside its context.
        public var reach: StageReach { .context }

        /// Makes an injector without touching the outside world.
        public init(_ options: Options) {
          self.options = options
        }

        /// How much it takes at once: a file takes one call at a time.
        public var capacity: InjectorCapacity { InjectorCapacity(calls: 1, eventsPerCall: 100) }

        /// Connects. Called once, before any event; a throw ends the run before it starts.
        public mutating func open(_ context: StageContext) async throws {
          file = try await RecordFile.open(context.directory.makePlace(for: options.file), .new)
        }

        /// Sends a batch and judges every event of it: accepted, failed, or unknown if there was no
        /// answer. When the task is cancelled, judge what is left and return.
        public func inject(_ batch: inout EventBatch) async {
          for index in batch.indices {
            var line: [UInt8] = []
            EventCodec.write(batch[index], of: batch, to: &line)
            let start = MonotonicInstant.now
            do {
              try await file?.append(line + [0x0A])
              var outcome = Outcome(.accepted, attempts: 1)
              outcome.timings.service = start.elapsedNanoseconds
              outcome.timings.wire = outcome.timings.service
              batch.judge(index, outcome)
            } catch {
              batch.judge(
                index, Outcome(.failed, attempts: 1), code: "file.failed", reason: "\(error)")
            }
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
        @Test func `it keeps the contract of an injector`() async {
          #expect(await Conformance(MODULE.self).problems() == [])
        }

        @Test func `every event is accepted`() async throws {
          var options = RunOptions()
          options.directory = ".build/plugin-tests"
          var pipeline = Pipeline(options: options)
          pipeline.add("desk", ScriptedSource(count: 3))
          pipeline.add("TYPE", MODULE(try MODULE.Options([:])), inputs: ["desk"])
          let sink = RecordingSink()
          pipeline.add("kept", sink, inputs: ["TYPE", "TYPE.failed"])
          let report = try await pipeline.run()
          #expect(report.injection?.accepted == 3)
          #expect(sink.record.entries.map(\.outcome.kind) == [.accepted, .accepted, .accepted])
        }
      }

      """#,
    example: #"""
      {
        "include": ["../../config.json"],
        "connections": { "genesys": null },
        "injectors": { "inject": null, "TYPE": { "type": "TYPE", "inputs": ["schema"] } },
        "correlators": { "states": { "inputs": ["TYPE", "TYPE.failed"] } }
      }

      """#,
    snippet: #"""
      "injectors": { "TYPE": { "type": "TYPE", "inputs": ["schema"] } }
      """#)
}
