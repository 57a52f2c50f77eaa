import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime

/// Holds what came of a run against what a test expects.
struct ResultCheck {
  let expect: Expectations
  let report: RunReport
  let recorder: RunRecorder
  let network: CaseNetwork
  let console: [String]
  let folder: ResultFolder

  /// Everything that is different: first what the script lacks, since the rest may follow from it,
  /// then in the order of the format's description.
  func differences() -> [Difference] {
    leftovers() + exitCode() + metrics() + outcomes() + lists() + states() + sentences()
  }

  private func exitCode() -> [Difference] {
    let found = Int(report.exitCode.rawValue)
    if found == expect.exitCode { return [] }
    return [
      Difference(
        OptionPath("exit_code"), "expected \(expect.exitCode), found \(found)", details: reasons)
    ]
  }

  /// Why a run ended as it did.
  private var reasons: [String] {
    let thresholds = report.thresholds.filter { !$0.passed }.map { threshold in
      "threshold \(threshold.metric) \(threshold.condition): "
        + (threshold.value.map { JSONValue.number($0).text() } ?? "no value")
    }
    let nothing =
      report.events.emitted == 0
      ? ["nothing was emitted"] : report.deliveredNothing ? ["nothing was delivered"] : []
    return report.failures + report.leftovers + thresholds + nothing
  }

  private func metrics() -> [Difference] {
    var differences: [Difference] = []
    for (name, wanted) in expect.metrics.sorted(by: { $0.key < $1.key }) {
      let path = OptionPath("metrics", name)
      let value = MetricCatalog.value(of: name, in: report)
      let shown = value.map { JSONValue.number($0).text() } ?? "no value"
      switch wanted.node.value {
      case .null where value == nil: break
      case .string(let condition):
        // The file was checked before: this is a condition.
        guard let threshold = Threshold(metric: name, condition: condition) else { continue }
        if !threshold.check(report).passed {
          differences.append(Difference(path, "expected \(condition), found \(shown)"))
        }
      case let number where number.number != nil && number.number == value: break
      case let other:
        differences.append(Difference(path, "expected \(other.text()), found \(shown)"))
      }
    }
    if let mismatches = expect.mismatches {
      let found = MetricCatalog.value(of: "correlation.mismatches", in: report)
      if found != Double(mismatches) {
        let shown = found.map { JSONValue.number($0).text() } ?? "no correlator"
        differences.append(
          Difference(
            OptionPath("mismatches"), "expected \(mismatches), found \(shown)",
            details: mismatchTable))
      }
    }
    return differences
  }

  private var mismatchTable: [String] {
    report.stages.flatMap(\.findings.tables).filter { $0.title == "mismatches" }
      .flatMap(\.rows).map { $0.joined(separator: "  ") }
  }

  private func outcomes() -> [Difference] {
    let found = recorder.outcomes
    return expect.outcomes.sorted { $0.key < $1.key }.flatMap { id, wanted in
      PartialMatch.differences(wanted.node.value, found[id], at: OptionPath("outcomes", id))
    }
  }

  private func lists() -> [Difference] {
    var differences: [Difference] = []
    let written = recorder.written
    for (sink, wanted) in expect.sinks.sorted(by: { $0.key < $1.key }) {
      differences += ListMatch.differences(
        wanted, written[sink] ?? [], at: OptionPath("sinks", sink))
    }
    let sent = network.sent
    for (text, wanted) in expect.requests.sorted(by: { $0.key < $1.key }) {
      guard let pattern = RequestPattern(text) else { continue }
      let found = sent.filter { pattern.matches($0.request) }.map(\.json)
      var ofPattern = ListMatch.differences(
        wanted.ofRequests, found, at: OptionPath("requests", text))
      if found.isEmpty, !ofPattern.isEmpty { ofPattern[0].details = requestsMade(sent) }
      differences += ofPattern
    }
    for (name, wanted) in expect.files.sorted(by: { $0.key < $1.key }) {
      let path = OptionPath("files", name)
      if let entries = folder.entries(of: name) {
        differences += ListMatch.differences(wanted, entries, at: path)
      } else {
        differences.append(
          Difference(
            path, "there is no such file in the run's folder", details: folder.names.sorted()))
      }
    }
    if let wanted = expect.console {
      differences += ListMatch.differences(
        wanted, console.map { .string($0) }, at: OptionPath("console"))
    }
    return differences
  }

  /// What was sent instead of what a test looks for.
  private func requestsMade(_ sent: [SentRequest]) -> [String] {
    let all = sent.map { "\($0.request.method) \($0.request.url.prefix { $0 != "?" })" }
    let each = all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return each.isEmpty
      ? ["no request was sent at all"] : ["these were sent:"] + each.prefix(10).map { "  \($0)" }
  }

  private func states() -> [Difference] {
    func compare(
      _ wanted: [String: String], _ found: [String: String], _ name: String
    ) -> [Difference] {
      wanted.sorted { $0.key < $1.key }.flatMap { id, state in
        PartialMatch.differences(
          .string(state), found[id].map { .string($0) }, at: OptionPath("states", name, id))
      }
    }
    return compare(expect.states.agents, recorder.agents, "agents")
      + compare(
        expect.states.openInteractions, recorder.interactions, "open_interactions")
  }

  private func sentences() -> [Difference] {
    func compare(_ wanted: [String]?, _ found: [String], _ name: String) -> [Difference] {
      guard let wanted else { return [] }
      let fits =
        wanted.count == found.count && zip(wanted, found).allSatisfy { Glob.matches($0, $1) }
      if fits { return [] }
      return [
        Difference(
          OptionPath(name), "expected \(wanted.count) sentences, found other ones",
          details: wanted.map { "- \($0)" } + found.map { "+ \($0)" })
      ]
    }
    return compare(expect.failures, report.failures, "failures")
      + compare(expect.notices, report.notices, "notices")
  }

  /// What was scripted in vain, and what wasn't scripted at all.
  private func leftovers() -> [Difference] {
    network.unscripted.map {
      Difference(OptionPath("replies"), "no reply is scripted for \($0), which was requested")
    }
      + network.leftOver.map { pattern, count in
        Difference(
          OptionPath("replies", pattern),
          "\(count) \(count == 1 ? "reply was" : "replies were") not asked for")
      }
  }
}
