import Dashboard
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What passes through a stage, shown to who asks and to nobody else.
struct RunTapTests {
  private func batch(_ count: Int, state: String = "busy") -> EventBatch {
    var batch = EventBatch(symbols: SymbolTable())
    for number in 0..<count {
      batch.append(
        EventFields(
          sequenceID: "e\(number)", agentID: number % 2 == 0 ? "even" : "odd", state: state),
        intended: Timestamp(nanoseconds: 0))
      batch.judge(number, Outcome(number == 1 ? .failed : .accepted, status: 503))
    }
    return batch
  }

  /// What a reader got by the end, a word each.
  private func words(_ lines: AsyncStream<[UInt8]>) async throws -> [String] {
    var words: [String] = []
    for await line in lines {
      #expect(line.last == 0x0A)
      let json = try JSONValue(parsing: line)
      words.append(json["sequence_id"]?.string ?? json.text())
    }
    return words
  }

  @Test func `what leaves by the port, or a sink has written, is shown`() async throws {
    let tap = RunTap()
    let main = tap.lines(.init(stage: "inject"))
    let failed = tap.lines(.init(stage: "inject", port: .failed))
    let written = tap.lines(.init(stage: "log"))
    tap.stage("inject", passed: batch(2), by: .out)
    tap.stage("inject", passed: batch(1), by: .failed)
    tap.stage("other", passed: batch(5), by: .out)
    tap.sink("log", wrote: [2], of: batch(3))
    tap.end()
    #expect(try await words(main) == ["e0", "e1"])
    #expect(try await words(failed) == ["e0"])
    #expect(try await words(written) == ["e2"])
  }

  @Test func `all conditions must hold`() async throws {
    let tap = RunTap()
    let lines = tap.lines(
      .init(stage: "s", conditions: [.init(.agentID, "odd"), .init(.outcome, "failed")]))
    let none = tap.lines(.init(stage: "s", conditions: [.init(.status, "200")]))
    tap.stage("s", passed: batch(6), by: .out)
    tap.end()
    #expect(try await words(lines) == ["e1"])
    #expect(try await words(none) == [])
  }

  @Test func `too many are passed over, and said to be`() async throws {
    let tap = RunTap()
    let lines = tap.lines(.init(stage: "s"))
    tap.stage("s", passed: batch(250), by: .out)
    try await RealClock().sleep(for: .milliseconds(150))
    tap.stage("s", passed: batch(1), by: .out)
    tap.end()
    let words = try await words(lines)
    // A tenth of a second may have ended in the middle.
    let shown = words.count { $0.hasPrefix("e") }
    let missed = try words.filter { !$0.hasPrefix("e") }.map {
      try JSONValue(parsing: Array($0.utf8))["missed"]?.integer ?? 0
    }
    #expect(shown + missed.reduce(0, +) == 251)
    #expect(shown >= 101 && missed.reduce(0, +) > 0)
    #expect(words.last == "e0")
  }

  @Test func `questions are read as they are written, and others refused`() throws {
    let request = RunTap.Request(
      stage: "inject", port: .failed, conditions: [.init(.state, "a=b"), .init(.outcome, "failed")])
    for question in [WatchQuestion.top, .tap(request), .tap(.init(stage: "x"))] {
      #expect(try WatchQuestion(question.json) == question)
    }
    for text in [
      "{}", #"{"ask": "stop"}"#, #"{"ask": "tap"}"#, #"{"ask": "tap", "stage": "s", "port": "in"}"#,
      #"{"ask": "tap", "stage": "s", "where": {"x": "1"}}"#,
      #"{"ask": "tap", "stage": "s", "where": {"state": 1}}"#,
    ] {
      #expect(throws: PipelineError.self, "\(text)") {
        try WatchQuestion(JSONValue(parsing: Array(text.utf8)))
      }
    }
  }
}
