import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import SubprocessStages
import Testing

/// Nothing is lost and nothing counts as delivered that the program hasn't acknowledged.
@Suite(.serialized)
struct SubprocessSinkTests {
  /// Short where the program lets it run out.
  private func patience(_ mode: String) -> [JSONValue.Member] {
    ["hangs", "ignores-terminate"].contains(mode)
      ? [.init("timeout", "5s")] : mode == "closes-output" ? [.init("grace", "500ms")] : []
  }

  /// Runs a mode in a folder of its own.
  private func run(
    _ mode: String, _ options: [JSONValue.Member] = [], events: Int = ChildRun.count
  ) async throws -> ChildRun.Result {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var run = ChildRun(mode, in: folder)
    run.options = options
    let result = try await run.run(events: events)
    #expect(result.settled.count == Set(result.settled).count, "nothing is settled twice")
    #expect(
      Set(result.settled).isSubset(of: result.answered), "nothing is settled unacknowledged")
    return result
  }

  @Test func `a sound program gets every event once, in order`() async throws {
    let result = try await run("good")
    #expect(result.answered == (0..<ChildRun.count).map { "test-\($0)" })
    // Batches that are acknowledged together are settled in either order.
    #expect(Set(result.settled) == Set(result.answered))
    #expect(result.report.events.delivered == ChildRun.count)
    #expect(result.failures == [])
    #expect(result.log == [])
    #expect(result.starts == 1)
    let hello = try JSONValue(parsing: Array((result.hello.first ?? "").utf8))
    #expect(hello["patchbay"] == 1)
    #expect(hello["role"] == "sink")
    #expect(hello["stage"] == "child")
    #expect(hello["run"]?.string == "\(result.report.run.id)")
  }

  @Test(arguments: [
    ("killed", "was ended by signal 9"),
    ("exits", "exited with code 0"),
    ("half-a-line", "was ended by signal 9"),
    ("hangs", "did not answer batch 3 within 5s; it was killed"),
    ("ignores-terminate", "did not answer batch 3 within 5s; it was killed"),
    (
      "garbage",
      #"wrote a line that is no JSON: "Traceback (most recent call last): U+001B[31m"; it was killed"#
    ),
    ("closes-output", "closed its output, and did not end within 500ms; it was killed"),
    (
      "answers-strangers",
      #"acknowledged batch 99, which it was never given; it was killed"#
    ),
    (
      "answers-twice",
      "acknowledged batch 3, which wasn't or is no longer under way; it was killed"
    ),
    (
      "names-strangers", "named event 200 of batch 3, which has 200 events; it was killed"
    ),
    (
      "misspells",
      #"wrote the unknown member "regected" in "{"ack": 3, "regected": []}"; it was killed"#
    ),
    ("huge-line", "wrote a line of more than 8388608 bytes; it was killed"),
  ])
  func `a program that fails once is started again, and nothing is lost`(
    mode: String, reason: String
  ) async throws {
    let result = try await run(mode, patience(mode))
    #expect(result.report.events.delivered == ChildRun.count)
    #expect(Set(result.settled).count == ChildRun.count)
    #expect(result.failures == [])
    #expect(result.starts == 2)
    #expect(result.log.count == 1, "\(result.log)")
    let line = result.log.first ?? ""
    #expect(line.hasPrefix("\(ChildRun.python) \(reason), with "), "\(line)")
    #expect(line.hasSuffix(" unanswered; starting it again (1 of 3)"), "\(line)")
    let stage = result.report.stages.first { $0.name == "child" }
    #expect(stage?.findings["restarts"] == 1)
    #expect((stage?.findings["resent_events"] ?? 0) >= 200)
    #expect(stage?.findings.notes.first?.contains(reason) == true)
  }

  @Test func `a program that dies for good fails what it hasn't acknowledged`() async throws {
    let result = try await run("killed-for-good", [.init("restarts", 0)])
    #expect(Set(result.settled) == Set(result.answered))
    #expect(result.report.events.delivered == 400)
    #expect(result.report.events.failed == ChildRun.count - 400)
    #expect(result.others == ChildRun.count, "the other sink is unharmed")
    #expect(result.starts == 1)
    #expect(result.failures.count == 1)
    let failure = result.failures.first ?? ""
    #expect(
      failure.hasPrefix(
        "sinks.child: could not write events: \(ChildRun.python) was ended by signal 9, with "),
      "\(failure)")
    #expect(failure.hasSuffix("unanswered; it is not started again"), "\(failure)")
  }

  @Test func `a program that answers between its failures is started again and again`()
    async throws
  {
    let result = try await run("killed-for-good", [.init("restarts", 1)])
    #expect(result.report.events.delivered == ChildRun.count)
    #expect(result.starts == 5)
  }

  @Test func `a program that never answers is given up`() async throws {
    let result = try await run("always-killed", [.init("restarts", 2)])
    #expect(result.settled == [])
    #expect(result.report.events.failed == ChildRun.count)
    #expect(result.others == ChildRun.count)
    #expect(result.starts == 3)
    #expect(
      result.failures.first?.hasSuffix("it failed 3 times without answering in between") == true)
  }

  @Test(arguments: [
    ("exits-at-once", "exited with code 3"),
    ("complains", "exited with code 1 (its last words: there is no configuration)"),
    ("never-greets", "did not greet within 2s; it was killed"),
    ("no-greeting", "answered before it greeted; it was killed"),
    (
      "speaks-version-2",
      "speaks version 2 of the protocol; version 1 is needed; it was killed"
    ),
  ])
  func `a program that doesn't greet ends the run before its first event`(
    mode: String, reason: String
  ) async throws {
    let result = try await run(mode, mode == "never-greets" ? [.init("timeout", "2s")] : [])
    #expect(result.failures == ["sinks.child: \(ChildRun.python) \(reason)"])
    #expect(result.report.events.emitted == 0)
    #expect(result.starts <= 1)
  }

  @Test func `a program that isn't there ends the run before its first event`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let plain = folder + "/plain"
    try "text".write(toFile: plain, atomically: true, encoding: .utf8)
    for (name, problem) in [
      ("no-such-program-at-all", "it is in no folder of PATH"),
      ("./no/such", "there is no such program"), (folder, "it is a folder"),
      (plain, "it isn't executable (chmod +x makes it so)"),
    ] {
      var run = ChildRun("good", in: folder)
      run.command = [name]
      let result = try await run.run()
      #expect(
        result.failures == ["sinks.child: \(name) could not be started: \(problem)"])
      #expect(result.report.events.emitted == 0)
    }
  }

  @Test func `a program that ends right after its greeting is given up`() async throws {
    let result = try await run("exits-after-greeting", [.init("restarts", 1)])
    #expect(result.report.events.failed == ChildRun.count)
    #expect(result.starts == 2)
    #expect(result.failures.first?.contains("\(ChildRun.python) exited with code 0") == true)
  }

  @Test func `a flood on standard error is cut, and does no harm`() async throws {
    let result = try await run("floods")
    #expect(result.report.events.delivered == ChildRun.count)
    #expect(result.log.count == 1_001)
    #expect(result.log.first == "stderr: line 0 U+001B[31m of a flood")
    #expect(
      result.log.last
        == "standard error had 20000 lines; those after the first 1000 were left out")
  }

  @Test func `what it says it couldn't take is tried again`() async throws {
    let once = try await run("fails-once")
    #expect(once.report.events.delivered == ChildRun.count)
    #expect(once.failures == [])
    #expect(once.starts == 1)
    let halves = try await run("takes-half", events: 4)
    #expect(halves.report.events.delivered == 4)
    #expect(halves.failures == [])
  }

  @Test func `what it never takes fails with its reason`() async throws {
    let never = try await run("always-fails")
    #expect(never.report.events.failed == ChildRun.count)
    #expect(never.failures == ["sinks.child: could not write events: the disk is full"])
    let some = try await run("refuses", events: 20)
    #expect(some.report.events.delivered == 18)
    #expect(
      some.failures == [
        "sinks.child: could not write events: test-7 ends in 7",
        "sinks.child: could not write events: test-17 ends in 7",
      ])
    let halves = try await run("takes-half")
    #expect(
      halves.failures == ["sinks.child: could not write events: only so many fit"])
  }

  @Test func `a program that doesn't end well fails the run`() async throws {
    let late = try await run("never-ends", [.init("grace", "500ms")])
    #expect(late.report.events.delivered == ChildRun.count)
    #expect(
      late.failures == [
        "sinks.child: \(ChildRun.python) did not end within 500ms after its input; it was killed"
      ])
    let bad = try await run("ends-badly")
    #expect(bad.report.events.delivered == ChildRun.count)
    #expect(bad.failures == ["sinks.child: \(ChildRun.python) exited with code 4"])
  }

  @Test func `it gets no variables but the harmless ones and its own`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var run = ChildRun("shows-environment", in: folder)
    run.options = [.init("environment", ["CHILD_TOKEN": "for the child"])]
    _ = try await run.run(events: 1)
    let names = Set(run.lines("environment").compactMap { $0.split(separator: "=").first })
    #expect(names.contains("CHILD_TOKEN"))
    #expect(
      names.subtracting([
        "CHILD_TOKEN", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "USER",
      ]).isEmpty, "\(names)")
  }

  @Test func `it keeps the contract of a sink`() async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    let run = ChildRun("good", in: folder)
    #expect(await Conformance(SubprocessSink.self, options: run.json).problems() == [])
  }
}
