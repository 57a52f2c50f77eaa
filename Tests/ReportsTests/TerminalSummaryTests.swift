import PatchbayCore
import Reports
import Testing

/// What the end of a run says, and what it leaves out.
struct TerminalSummaryTests {
  private var report: RunReport {
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 0, low: 0), name: "r", seed: 1, clock: "virtual",
        startedAt: Timestamp(nanoseconds: 0), directory: "runs/r"))
    report.events.emitted = 12
    report.events.delivered = 11
    return report
  }

  private func lastLine(_ report: RunReport) -> String {
    String(TerminalSummary(report).text.split(separator: "\n").last ?? "")
  }

  private func states(_ mismatches: Int) -> StageReport {
    var stage = StageReport(name: "states", role: .correlator, type: "state-machine")
    stage.findings["mismatches"] = Double(mismatches)
    return stage
  }

  @Test func `the closing line leaves out what wasn't measured`() {
    #expect(lastLine(report) == "Simulation complete. Delivered: 11/12")
    var injected = report
    injected.injection = InjectionReport()
    injected.injection?.accepted = 0
    #expect(lastLine(injected) == "Simulation complete. Success: 0/12")
    var watching = StageReport(name: "platform", role: .source, type: "genesys-notifications")
    watching.received = 4
    injected.stages = [watching]
    #expect(lastLine(injected) == "Simulation complete. Success: 0/12")
    injected.stages[0].watchesOthers = true
    #expect(lastLine(injected) == "Simulation complete. Success: 0/8")
    injected.stages = [states(3)]
    #expect(lastLine(injected) == "Simulation complete. Success: 0/12, Mismatches: 3")
  }

  @Test func `the first five events of a kind are named, and where the rest stand`() {
    var report = report
    var stage = states(150)
    var batch = EventBatch(symbols: SymbolTable())
    for number in 0..<100 {
      batch.append(
        EventFields(
          sequenceID: "e-\(number)", timestamp: "2026-01-01T00:00:00Z", interactionID: "i",
          agentID: "a\u{1B}[2J", state: "busy"), intended: Timestamp(nanoseconds: 0))
    }
    var found = FoundEvents()
    for index in batch.indices {
      found.note("mismatches", batch[index], of: batch, from: "wrapping")
    }
    for index in batch.indices { found.note("mismatches", batch[index], of: batch, from: "later") }
    #expect(found.all.count == FoundEvents.most)
    stage.findings.events = found.all
    report.stages = [stage]
    let lines = TerminalSummary(report).text.split(separator: "\n")
    let named = lines.filter { $0.contains("wrapping -> busy") }
    #expect(named.count == 5)
    #expect(named.first?.contains("e-0") == true)
    #expect(named.allSatisfy { $0.contains("agent aU+001B[2J") })
    #expect(lines.contains { $0.hasSuffix("145 more, the first 100 of all in report.json") })
  }
}
