import PatchbayCore
import PatchbayJSON
import PatchbayKit
import PatchbayRuntime
import PatchbayTesting
import SubprocessStages
import Testing

/// A program judges events, and its failures fail no event silently.
@Suite(.serialized)
struct SubprocessValidatorTests {
  private struct Result {
    let report: RunReport
    let passed: [String]
    let rejected: [RecordingSink.Record.Entry]
  }

  private func run(_ mode: String, _ options: [JSONValue.Member] = []) async throws -> Result {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var child = ChildRun(mode, in: folder)
    child.options = options
    var runOptions = RunOptions()
    runOptions.clock = .virtual
    runOptions.directory = folder + "/runs"
    var pipeline = Pipeline(name: "children", options: runOptions)
    pipeline.add("source", ChildRun.source(events: ChildRun.count))
    pipeline.add(
      "child", SubprocessValidator(try SubprocessValidator.Options(child.json)),
      inputs: ["source"])
    let (passed, rejected) = (RecordingSink(), RecordingSink())
    pipeline.add("passed", passed, inputs: ["child"])
    pipeline.add("rejected", rejected, inputs: ["child.rejected"])
    let report = try await pipeline.run(in: RunEnvironment(logger: LogRecord().logger))
    return Result(report: report, passed: passed.record.ids, rejected: rejected.record.entries)
  }

  @Test func `what it rejects leaves by the port for that, with its reason`() async throws {
    let result = try await run("refuses")
    #expect(result.report.failures == [])
    #expect(result.passed.count == 1_800)
    #expect(result.rejected.count == 200)
    #expect(result.rejected.first?.code == "seven")
    #expect(result.rejected.first?.reason == "test-7 ends in 7")
  }

  @Test(arguments: ["killed", "garbage", "hangs", "exits"])
  func `a program that fails once is asked again`(mode: String) async throws {
    let result = try await run(mode, mode == "hangs" ? [.init("timeout", "5s")] : [])
    #expect(result.report.failures == [])
    #expect(result.passed.count == ChildRun.count)
    let stage = result.report.stages.first { $0.name == "child" }
    #expect(stage?.findings["restarts"] == 1)
  }

  @Test func `a program that can't judge fails the events and says why`() async throws {
    let result = try await run("always-fails")
    #expect(result.passed == [])
    #expect(result.report.events.failed == ChildRun.count)
    #expect(
      result.report.failures.allSatisfy {
        $0.hasPrefix("validators.child: the program could not judge: the disk is full")
      })
  }

  @Test(arguments: [
    ("ends-badly", "exited with code 4"),
    ("never-ends", "did not end within 500ms after its input; it was killed"),
  ])
  func `a program that doesn't end well fails the run`(
    mode: String, reason: String
  ) async throws {
    let grace: JSONValue = mode == "never-ends" ? "500ms" : "300s"
    let result = try await run(mode, [.init("grace", grace)])
    #expect(result.passed.count == ChildRun.count)
    #expect(result.report.failures == ["validators.child: \(ChildRun.python) \(reason)"])
    #expect(result.report.exitCode == .failure)
  }

  @Test func `it keeps the contract of a validator that waits`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let run = ChildRun("good", in: folder)
    #expect(await Conformance(SubprocessValidator.self, options: run.json).problems() == [])
  }
}
