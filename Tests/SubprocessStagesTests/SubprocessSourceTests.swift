import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import SubprocessStages
import Testing

/// A program is told of each of its batches once, when all of it is settled, and not before.
@Suite(.serialized)
struct SubprocessSourceTests {
  /// Runs a mode in a folder of its own.
  private func run(
    _ mode: String, _ options: [JSONValue.Member] = [],
    _ change: (inout SourceRun) -> Void = { _ in }
  ) async throws -> SourceRun.Result {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var run = SourceRun(mode, in: folder)
    run.options = options
    change(&run)
    let result = try await run.run()
    #expect(result.faults == [])
    #expect(result.report.events.isBalanced)
    return result
  }

  private var settledInOrder: [String] { (0..<20).map { #"{"settled":\#($0)}"# } }

  /// A sink that refuses two events.
  private let refusing: RecordingSink.Behaviour = { batch, _ in
    let ids = batch.indices.map { batch.sequenceID(of: batch[$0]) }
    return WriteResult(
      refused: ids.indices.filter { ["e-7", "e-8"].contains(ids[$0]) }
        .map { .init($0, reason: "it is bad") })
  }

  @Test(arguments: [ClockChoice.virtual, .real])
  func `a program is told of each batch`(clock: ClockChoice) async throws {
    let result = try await run("good") { $0.clock = clock }
    #expect(result.report.failures == [])
    #expect(result.report.events.delivered == 100)
    #expect(result.taken == [SourceRun.ids, SourceRun.ids])
    #expect(Set(result.told) == Set(settledInOrder))
    #expect(result.told.count == 20)
    #expect(result.acknowledged.sorted() == SourceRun.ids.sorted())
    #expect(result.starts == 1)
    #expect(result.log == [])
    #expect(result.stage?.findings["lines"] == 100)
    #expect(result.stage?.findings["bad_lines"] == 0)
    #expect(result.stage?.findings["unanswered_batches"] == 0)
  }

  @Test func `it is greeted as a source`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let result = try await SourceRun("loose", in: folder).run()
    let hello = ChildRun("loose", in: folder).lines("hello")
    #expect(
      hello == [
        #"{"patchbay":1,"role":"source","stage":"child","run":"\#(result.report.run.id)"}"#
      ])
  }

  @Test func `events without a number need no answer`() async throws {
    let result = try await run("loose")
    #expect(result.report.failures == [])
    #expect(result.taken == [SourceRun.ids, SourceRun.ids])
    #expect(result.told == [])
  }

  @Test func `one that says that nothing more comes is still told of what came`() async throws {
    let result = try await run("ends")
    #expect(result.report.failures == [])
    #expect(Set(result.told) == Set(settledInOrder))
    #expect(result.told.count == 20)
  }

  @Test func `one that waits for each answer gets it, whatever the clock has to do for it`()
    async throws
  {
    let late: RecordingSink.Behaviour = { _, number in
      if number % 3 == 0 { throw PipelineError("not now") }
      return .all
    }
    let result = try await run("one-by-one") { $0.second = late }
    #expect(result.report.failures == [])
    #expect(result.told == settledInOrder)
  }

  @Test func `a branch that refuses events is told with their places`() async throws {
    let result = try await run("good") { $0.second = refusing }
    #expect(
      result.report.failures.map { $0.replacing(#/ \(\d+ times\)$/#, with: "") }
        == ["sinks.sink-1: could not write events: it is bad"])
    #expect(result.told.contains(#"{"settled":1,"failed":[2,3]}"#))
    #expect(result.told.count { !$0.contains("failed") } == 19)
    #expect(!result.acknowledged.contains("e-7"))
    #expect(result.acknowledged.count == 98)
  }

  @Test func `bad lines are rejected with their place, and their batch is told so`() async throws {
    let result = try await run("bad-lines", [.init("longest_line", "80B")])
    #expect(result.report.failures == [])
    #expect(result.told == [#"{"settled":7,"rejected":[1]}"#])
    #expect(result.taken[0] == ["a", "c", "last"])
    #expect(result.rejected.map(\.code) == Array(repeating: "line.malformed", count: 4))
    #expect(
      result.rejected.map(\.reason) == [
        "child:2:2: expected a name in quotes, found \"'\"",
        "child:5:10: state: expected a string, found a number",
        "child:8:1: expected an object, found \"[\"",
        "child:9: is longer than 80B",
      ])
    #expect(
      result.rejected.map { $0.fields.sequenceID } == ["line-2", "line-5", "line-8", "line-9"])
    #expect(result.stage?.findings["lines"] == 7)
    #expect(result.stage?.findings["bad_lines"] == 4)
  }

  @Test func `one that ends without waiting for answers has ended`() async throws {
    let result = try await run("exits-early")
    #expect(result.report.failures == [])
    #expect(result.report.events.delivered == 15)
    #expect(result.starts == 1)
  }

  @Test func `one that reads no answers isn't held up by them`() async throws {
    let result = try await run("closes-input", [.init("window", 1)])
    #expect(result.report.failures == [])
    #expect(result.taken == [SourceRun.ids, SourceRun.ids])
    #expect(result.starts == 1)
    #expect(result.stage?.findings["unanswered_batches"] == 20)
  }

  @Test func `one that dies is started again, and sends again what it wasn't told of`()
    async throws
  {
    let result = try await run("resends")
    #expect(result.report.failures == [])
    #expect(result.starts == 4)
    #expect(result.acknowledged.sorted() == SourceRun.ids.sorted())
    #expect(Set(result.taken[0]) == Set(SourceRun.ids))
    #expect(result.rejected.isEmpty, "half a line of a program that died is nothing")
    #expect(result.log.count == 3)
    #expect(
      result.log.allSatisfy {
        $0.hasPrefix("\(ChildRun.python) was ended by signal 9")
          && $0.contains("; starting it again (")
      }, "\(result.log)")
    #expect(result.stage?.findings["restarts"] == 3)
  }

  @Test func `one that always dies is given up`() async throws {
    let result = try await run("always-killed", [.init("restarts", 2)])
    #expect(result.starts == 3)
    #expect(result.report.failures.count == 1)
    let failure = result.report.failures.first ?? ""
    #expect(
      failure.hasPrefix("sources.child: \(ChildRun.python) was ended by signal 9"), "\(failure)")
    #expect(
      failure.hasSuffix("; it failed 3 times without answering in between"), "\(failure)")
  }

  @Test(arguments: [
    ("head-without-count", #"wrote no "count" from 1 to 10000 in "{"batch":1}"; it was killed"#),
    (
      "head-with-more",
      #"wrote the unknown member "of" in "{"batch":1,"count":1,"of":2}"; it was killed"#
    ),
    ("same-number", "gave the number 1 to two batches under way; it was killed"),
    ("ends-in-a-batch", "ended its output in batch 1, before the last 2 of its events"),
    ("ends-in-a-line", "ended its output in the middle of a line"),
    ("closes-output", "closed its output, and did not end within 500ms; it was killed"),
  ])
  func `one that breaks the protocol is killed`(mode: String, reason: String) async throws {
    let result = try await run(mode, [.init("restarts", 0), .init("grace", "500ms")])
    #expect(result.report.failures.count == 1)
    let failure = result.report.failures.first ?? ""
    #expect(failure.hasPrefix("sources.child: \(ChildRun.python) \(reason)"), "\(failure)")
    #expect(failure.hasSuffix("; it is not started again"), "\(failure)")
    #expect(result.starts == 1)
  }

  @Test func `one that says more after its end is killed`() async throws {
    let result = try await run("more-after-end")
    #expect(
      result.report.failures == [
        #"sources.child: \#(ChildRun.python) wrote more after {"end":true}; it was killed"#
      ])
  }

  @Test func `one that doesn't read what it is told is killed`() async throws {
    let result = try await run(
      "deaf", [.init("restarts", 0), .init("timeout", "1s"), .init("window", 1_000)])
    let failure = result.report.failures.first ?? ""
    #expect(
      failure.hasPrefix(
        "sources.child: \(ChildRun.python) did not read its input within 1s; it was killed, with "),
      "\(failure)")
    #expect(result.report.failures.count == 1)
    #expect((result.stage?.findings["unanswered_batches"] ?? 0) > 0)
  }

  @Test func `no more batches than the window holds are under way`() async throws {
    let most = Highest()
    let result = try await run("floods", [.init("window", 3)]) { run in
      run.second = { [progress = run.progress] _, _ in
        most.note(progress().map { $0.emitted - $0.settled } ?? 0)
        return .all
      }
    }
    #expect(result.report.events.delivered == 1_000)
    #expect(result.told.count == 1_000)
    #expect((1...3).contains(most.value), "\(most.value)")
  }

  @Test func `it is told to stop, and then of what it had sent`() async throws {
    let result = try await run("until-stopped") { run in
      let stop = run.stop
      run.second = { _, _ in
        stop()
        return .all
      }
    }
    #expect(result.report.failures == [])
    #expect(Set(result.told) == [#"{"stop":true}"#, #"{"settled":0}"#])
    #expect(result.told.count == 2)
    #expect(result.report.run.ending == .stopped)
  }

  @Test func `it is told of what was abandoned`() async throws {
    let result = try await run("until-stopped") { run in
      let stop = run.stop
      run.drain = .milliseconds(100)
      run.second = { _, _ in
        stop()
        return try await Forever.hang()
      }
    }
    #expect(result.told == [#"{"stop":true}"#, #"{"settled":0,"abandoned":[0,1,2,3,4]}"#])
    #expect(result.report.events.abandoned == 5)
    #expect(result.acknowledged == [])
  }

  @Test func `one that doesn't end well fails the run`() async throws {
    let bad = try await run("ends-badly")
    #expect(bad.report.failures == ["sources.child: \(ChildRun.python) exited with code 4"])
    let crash = try await run("crashes-when-stopped") { run in
      let stop = run.stop
      run.second = { _, _ in
        stop()
        return .all
      }
    }
    #expect(
      crash.report.failures == [
        "sources.child: \(ChildRun.python) exited with code 1 (its last words: I don't stop)"
      ])
    #expect(crash.starts == 1)
  }

  @Test func `what it says before it has greeted ends the run`() async throws {
    let result = try await run("says-too-early")
    let line = #"{"sequence_id": "early", "timestamp": "2026-01-31T09:30:00Z", "state": "busy"}"#
    #expect(
      result.report.failures == [
        "sources.child: \(ChildRun.python) wrote \"\(line)\" before it greeted; it was killed"
      ])
    #expect(result.report.events.emitted == 0)
  }

  @Test func `it keeps the contract of a source`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let run = SourceRun("loose", in: folder)
    #expect(await Conformance(SubprocessSource.self, options: run.json).problems() == [])
  }

  @Test func `a plan names the program`() throws {
    let source = SubprocessSource(
      try SubprocessSource.Options(["command": ["python3", "calls in.py"]]))
    let forecast = source.forecast(ForecastInput(events: .unknown("none"), connections: [:]))
    #expect(forecast.programs == ["python3 'calls in.py'"])
    #expect(forecast.events == .unknown("as many as python3 writes"))
  }
}
