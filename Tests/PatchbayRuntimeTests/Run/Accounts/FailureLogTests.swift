import PatchbayCore
import PatchbayRuntime
import Testing

/// A failure is said once with how often it came, and however many reasons there are, the log is short.
struct FailureLogTests {
  private let log = FailureLog()

  @Test func `the same sentence is kept once and counted`() {
    for _ in 0..<3 { log.add("sinks.audit", "could not write events", "the disk is full") }
    log.add("sources.desk", PipelineError("line 3: no JSON"))
    log.add("sinks.audit", "could not write events", "the folder is gone")
    #expect(
      log.lines == [
        "sinks.audit: could not write events: the disk is full (3 times)",
        "sinks.audit: could not write events: the folder is gone",
        "sources.desk: line 3: no JSON",
      ])
    #expect(!log.inputWasUnreadable)
  }

  @Test func `of a million reasons a few are told, and the rest is counted`() {
    for number in 0..<1_000_000 {
      log.add("sinks.child", "could not write events", "row \(number): no such column")
    }
    log.add("sinks.other", "could not write events", "closed")
    log.add("sinks.child", "could not write events", "row 3: no such column")
    #expect(log.lines.count == FailureLog.mostOfAKind + 2)
    #expect(log.lines.first == "sinks.child: could not write events: row 0: no such column")
    #expect(
      log.lines.contains("sinks.child: could not write events: row 3: no such column (2 times)"))
    #expect(
      log.lines.suffix(2) == [
        "sinks.child: could not write events: 999980 more, for other reasons",
        "sinks.other: could not write events: closed",
      ])
  }

  @Test func `another kind of failure of the same stage has room of its own`() {
    for number in 0..<30 { log.add("sinks.child", "row \(number)") }
    log.add("sinks.child", "could not write events", "closed")
    #expect(
      log.lines.suffix(2) == [
        "sinks.child: 10 more, for other reasons", "sinks.child: could not write events: closed",
      ])
  }

  @Test func `an input that can't be read is remembered`() {
    log.add("sources.desk", UnreadableInput("can't read events.jsonl"))
    #expect(log.lines == ["sources.desk: can't read events.jsonl"])
    #expect(log.inputWasUnreadable)
  }
}
