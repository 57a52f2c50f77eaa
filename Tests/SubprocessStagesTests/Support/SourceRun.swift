import PatchbayCore
import PatchbayJSON
import PatchbayKit
import PatchbayRuntime
import PatchbayTesting
import SubprocessStages
import Synchronization

/// A run of the program of the tests as a source, into two sinks that note what they take for it.
struct SourceRun {
  /// What a run left.
  struct Result {
    let report: RunReport
    /// The ids that each of the sinks took.
    let taken: [[String]]
    /// What left by `.rejected`.
    let rejected: [RecordingSink.Record.Entry]
    /// What the program was told, line by line.
    let told: [String]
    /// The ids of the events that it was told to be delivered.
    let acknowledged: [String]
    /// What it found wrong with that.
    let faults: [String]
    let starts: Int
    let log: [String]

    var stage: StageReport? { report.stages.first { $0.name == "child" } }
  }

  static let source = "Tests/Fixtures/subprocess/source.py"
  /// Every event that the program has, in order.
  static let ids = (0..<100).map { "e-\($0)" }

  let folder: String
  var options: [JSONValue.Member] = []
  var clock = ClockChoice.virtual
  var drain: Duration?
  /// What the second sink does before it takes a batch.
  var second: RecordingSink.Behaviour = { _, _ in .all }
  private let mode: String
  private let stopping = Stopping()

  init(_ mode: String, in folder: String) {
    self.mode = mode
    self.folder = folder
  }

  /// The options, as in a configuration.
  var json: JSONValue {
    var run = ChildRun(mode, in: folder)
    run.command = [ChildRun.python, ChildRun.root + Self.source, mode, folder]
    run.options = options
    return run.json
  }

  /// Stops the run.
  var stop: @Sendable () -> Void { { [stopping] in stopping.run.withLock { $0 }?.stop() } }

  /// What became of the run's events so far; nil before it begins.
  var progress: @Sendable () -> SettlementCounts? {
    { [stopping] in stopping.run.withLock { $0 }?.progress.events }
  }

  func run() async throws -> Result {
    let log = LogRecord()
    var runOptions = RunOptions()
    runOptions.clock = clock
    runOptions.directory = folder + "/runs"
    if let drain { runOptions.drain = drain }
    var pipeline = Pipeline(name: "children", options: runOptions)
    pipeline.add("child", SubprocessSource(try SubprocessSource.Options(json)))
    let sinks = [taking { _, _ in .all }, taking(second)]
    let rejected = RecordingSink()
    for (index, sink) in sinks.enumerated() {
      pipeline.add("sink-\(index)", sink, inputs: ["child"])
    }
    pipeline.add("rejected", rejected, inputs: ["child.rejected"])
    let run = try pipeline.makeRun(in: RunEnvironment(logger: log.logger))
    stopping.run.withLock { $0 = run }
    let report = await run.run()
    let child = ChildRun(mode, in: folder)
    return Result(
      report: report, taken: sinks.map(\.record.ids), rejected: rejected.record.entries,
      told: child.lines("told"), acknowledged: child.lines("acknowledged"),
      faults: child.lines("faults"), starts: child.lines("starts").count, log: log.messages)
  }

  /// A sink that notes what it takes where the program looks, before it says so.
  private func taking(_ behaviour: @escaping RecordingSink.Behaviour) -> RecordingSink {
    RecordingSink { [folder] batch, number in
      let result = try await behaviour(batch, number)
      let left = Set(result.undelivered + result.refused.map(\.index))
      let ids = batch.indices.filter { !left.contains($0) }.map { batch.sequenceID(of: batch[$0]) }
      SharedNotes.append(ids, to: "\(folder)/taken")
      return result
    }
  }
}

/// Lets what is part of a run stop it.
private final class Stopping: Sendable {
  let run = Mutex<PipelineRun?>(nil)
}
