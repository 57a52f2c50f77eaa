import Logging
import PatchbayKit
import SyslogSink

/// Runs events through a judge into a syslog sink.
enum TestPipeline {
  /// Runs a source's closure; the sink gets everything that comes out anywhere.
  ///
  /// - Parameter options: the sink's, in a file's form, beside what the test's receiver needs.
  static func run(
    _ options: JSONValue, in folder: String, judging: Bool = true,
    _ emit: @escaping @Sendable (SourceOutlet) async throws -> Void
  ) async throws -> RunReport {
    var runOptions = RunOptions()
    runOptions.directory = folder + "/runs"
    var pipeline = Pipeline(options: runOptions)
    pipeline.add("events", ClosureSource(emit))
    if judging {
      pipeline.add("gate", Gate(), inputs: ["events"])
      pipeline.add("judge", Judge(), inputs: ["gate"])
    }
    pipeline.add(
      "syslog", SyslogSink(try SyslogSink.Options(options)),
      inputs: judging ? ["judge", "judge.failed", "gate.rejected"] : ["events"])
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    return try await pipeline.run(in: RunEnvironment(logger: logger))
  }

  /// Runs events.
  static func run(
    _ options: JSONValue, in folder: String, judging: Bool = true, _ events: [EventFields]
  ) async throws -> RunReport {
    try await run(options, in: folder, judging: judging) { outlet in
      for event in events { try await outlet.emit(event) }
    }
  }
}

extension RunReport {
  /// What the sink did.
  var syslog: StageReport? { stages.first { $0.name == "syslog" } }
}
