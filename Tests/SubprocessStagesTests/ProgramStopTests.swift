import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import SubprocessStages
import Testing

/// Whatever a program does, and whatever the pipeline waits for, a stop ends both soon, and nothing
/// of what the program has started is left.
///
/// How soon, `make chaos` measures; here nothing has the patience of the programs, which is five minutes.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct ProgramStopTests {
  /// How a run is ended while a program hangs.
  enum Stop: CaseIterable {
    case signals
    case cancellation
  }

  /// What is left of a pipeline with a program that hangs, once it was stopped.
  private struct Result {
    let report: RunReport
    let isCut: Bool
  }

  /// With more patience than any test has.
  private let patience: [JSONValue.Member] = [.init("timeout", "300s"), .init("grace", "300s")]

  private func run(
    _ stop: Stop, _ build: (String, inout TestPipeline) throws -> Void
  ) async throws -> Result {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let line = LifeLine(in: folder)
    var pipeline = TestPipeline(
      directory: folder + "/runs", options: ["clock": "virtual", "drain": "300s"])
    try build(folder, &pipeline)
    let report = try await withThrowingTaskGroup(of: RunReport.self) { [pipeline] group in
      group.addTask { try await pipeline.run() }
      let isHanging = try await line.isHanging()
      #expect(isHanging)
      switch stop {
      case .cancellation: group.cancelAll()
      case .signals:
        pipeline.control.interrupt()
        pipeline.control.interrupt()
      }
      return try await group.next()
    }
    return Result(report: try #require(report), isCut: try await line.isCut())
  }

  private func child(_ mode: String, _ folder: String) -> JSONValue {
    var run = ChildRun(mode, in: folder)
    run.options = patience
    return run.json
  }

  private func expectEnd(_ result: Result) {
    #expect(result.isCut, "something of the program is left")
    #expect(result.report.events.isBalanced)
  }

  @Test(arguments: Stop.allCases, ["never-greets", "hangs", "never-ends"])
  func `a sink's program that hangs`(stop: Stop, mode: String) async throws {
    let result = try await run(stop) { folder, pipeline in
      pipeline.add("source", ChildRun.source(events: ChildRun.count))
      pipeline.add(
        "child", SubprocessSink(try SubprocessSink.Options(child(mode, folder))),
        inputs: ["source"])
    }
    expectEnd(result)
    if mode == "never-ends" {
      #expect(result.report.events.delivered == ChildRun.count)
      #expect(
        result.report.failures == ["sinks.child: wasn't finished: the run had to end"])
    }
  }

  @Test(arguments: Stop.allCases, ["never-greets", "hangs", "never-ends"])
  func `a validator's program that hangs`(stop: Stop, mode: String) async throws {
    let result = try await run(stop) { folder, pipeline in
      pipeline.add("source", ChildRun.source(events: ChildRun.count))
      pipeline.add(
        "child", SubprocessValidator(try SubprocessValidator.Options(child(mode, folder))),
        inputs: ["source"])
      pipeline.add("sink", RecordingSink(), inputs: ["child"])
    }
    expectEnd(result)
    #expect(result.report.failures == [])
  }

  @Test(arguments: Stop.allCases, ["never-greets", "hangs"])
  func `a source's program that hangs`(stop: Stop, mode: String) async throws {
    let result = try await run(stop) { folder, pipeline in
      var run = SourceRun(mode, in: folder)
      run.options = patience
      pipeline.add("child", SubprocessSource(try SubprocessSource.Options(run.json)))
      for name in ["one", "other"] {
        pipeline.add(
          name,
          RecordingSink { batch, _ in
            let ids = batch.indices.map { batch.sequenceID(of: batch[$0]) }
            SharedNotes.append(ids, to: "\(folder)/taken")
            return .all
          }, inputs: ["child"])
      }
    }
    expectEnd(result)
    #expect(result.report.failures == [])
    #expect(result.report.events.delivered == (mode == "hangs" ? 5 : 0))
  }

  @Test func `a program that is late is ended with all that it has started`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let line = LifeLine(in: folder)
    var run = ChildRun("hangs", in: folder)
    run.options = [.init("timeout", "2s"), .init("restarts", 0)]
    let result = try await run.run()
    #expect(
      result.failures.first?.contains("did not answer batch 3 within 2s; it was killed") == true)
    let isHanging = try await line.isHanging()
    let isCut = try await line.isCut()
    #expect(isHanging && isCut)
  }
}
