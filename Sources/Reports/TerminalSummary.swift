public import PatchbayCore

/// The end of a run as text for a terminal or a log.
public struct TerminalSummary {
  /// How many events of a kind are named.
  private static let namedEvents = 5

  private let report: RunReport

  /// Makes the summary of a report.
  public init(_ report: RunReport) {
    self.report = report
  }

  /// The whole summary; every line ends with a line break, the last one is the contract's.
  public var text: String {
    var table = TextTable()
    let run = report.run
    table.heading(
      "\(run.name)  seed \(run.seed)  clock \(run.clock)  "
        + "\(Formats.duration(Double(run.realNanoseconds)))  \(ending)")
    table.line("run \(run.id)")
    table.line("files in \(run.directory)")
    addEvents(to: &table)
    addInjection(to: &table)
    addLatency(to: &table)
    addFindings(to: &table)
    addSinks(to: &table)
    addThresholds(to: &table)
    addLists(to: &table)
    return (table.lines + ["", lastLine]).joined(separator: "\n") + "\n"
  }

  private var ending: String {
    switch report.run.ending {
    case .completed: "completed"
    case .interrupted: "interrupted"
    case .stopped: "stopped"
    case .deadline: "stopped at its deadline"
    case .outputClosed: "stopped: nobody reads standard output any more"
    case .threshold: "stopped: a threshold was lost"
    }
  }

  private func addEvents(to table: inout TextTable) {
    let events = report.events
    table.heading("EVENTS")
    table.row("emitted", String(events.emitted))
    let kinds = [
      ("delivered", events.delivered), ("rejected", events.rejected), ("failed", events.failed),
      ("abandoned", events.abandoned),
    ]
    for (name, count) in kinds {
      let share = count == 0 ? "" : "  \(Formats.share(count, of: events.emitted))"
      table.row(name, "\(count)\(share)")
    }
    let sum = kinds.map { String($0.1) }.joined(separator: " + ")
    table.row(
      "accounted for",
      events.isBalanced
        ? "✓ \(events.emitted) = \(sum)" : "✗ \(events.emitted) is not \(sum)")
  }

  private func addInjection(to table: inout TextTable) {
    guard let injection = report.injection else { return }
    table.heading("INJECTION")
    let rate = Formats.share(injection.accepted, of: injection.attempted)
    table.row("accepted", "\(injection.accepted) of \(injection.attempted)  \(rate)")
    table.row("failed", String(injection.failed))
    table.row("unknown", String(injection.unknown))
    table.row("attempts", String(injection.attempts))
    let statuses = injection.statuses.map { status, count in
      "\(status == 0 ? "no answer" : String(status)): \(count)"
    }
    if !statuses.isEmpty { table.row("last status", statuses.joined(separator: ", ")) }
  }

  private func addLatency(to table: inout TextTable) {
    guard let injection = report.injection, injection.latency.count > 0 else { return }
    let kinds = [
      ("service (last attempt)", injection.latency), ("wire (all attempts)", injection.wire),
      ("queue", injection.queue), ("rate limit waits", injection.rateLimit),
      ("token waits", injection.token), ("backoff waits", injection.backoff),
      ("own work", injection.own), ("response (all of it)", injection.response),
    ].filter { $0.1.maximum > 0 }
    table.heading("LATENCY of accepted events")
    table.columns(
      [[""] + Distribution.Statistic.allCases.map(\.heading)]
        + kinds.map { name, shape in
          [name] + Distribution.Statistic.allCases.map { Formats.duration(shape[$0]) }
        })
    for label in LatencyLabel.allCases {
      guard let found = injection.labelled[label], !found.isEmpty else { continue }
      table.heading("LATENCY by \(label.rawValue)")
      table.columns(
        [["", "", "count"] + Distribution.Statistic.allCases.map(\.heading)]
          + found.flatMap { labelled in
            [("service", labelled.latency), ("response", labelled.response)]
              .filter { $0.1.count > 0 }
              .map { name, shape in
                [labelled.value.visible, name, String(shape.count)]
                  + Distribution.Statistic.allCases.map { Formats.duration(shape[$0]) }
              }
          })
    }
  }

  private func addFindings(to table: inout TextTable) {
    for stage in report.stages where stage.role != .sink {
      let findings = stage.findings
      guard
        !findings.metrics.isEmpty || !findings.tables.isEmpty || !findings.events.isEmpty
          || !findings.shapes.isEmpty || stage.lag.maximum > 0
      else { continue }
      table.heading("\(stage.role.rawValue.uppercased()) \(stage.name) (\(stage.type))")
      for metric in findings.metrics {
        table.row(
          metric.name.replacing("_", with: " "), Formats.value(metric.value))
      }
      for shape in findings.shapes where shape.distribution.count > 0 {
        table.row(shape.name.replacing("_", with: " "), Self.figures(of: shape.distribution))
      }
      if stage.lag.maximum > 0 { table.row("late by", Self.figures(of: stage.lag)) }
      for found in findings.tables {
        table.line(found.title + ":")
        table.columns(
          found.rows.map { row in
            found.isOfTransitions && row.count > 1
              ? ["  \(row[0]) -> \(row[1])"] + row.dropFirst(2)
              : ["  \(row.first ?? "")"] + row.dropFirst()
          })
      }
      addEvents(of: stage, to: &table)
    }
  }

  private static func figures(of shape: Distribution) -> String {
    [Distribution.Statistic.p50, .p99, .maximum].map {
      "\($0.heading) \(Formats.duration(shape[$0]))"
    }.joined(separator: ", ")
  }

  /// Names the first events of each kind, and says where the rest stand.
  private func addEvents(of stage: StageReport, to table: inout TextTable) {
    let findings = stage.findings
    let kinds = findings.events.map(\.kind).reduce(into: [String]()) { kinds, kind in
      if kinds.last != kind { kinds.append(kind) }
    }
    for kind in kinds {
      let events = findings.events.filter { $0.kind == kind }
      let count = max(events.count, count(of: kind, in: stage))
      table.line("the first \(kind.replacing("_", with: " ")):")
      if events.contains(where: { $0.reason != nil }) {
        for event in events.prefix(Self.namedEvents) { table.line(Self.sentence(event)) }
      } else {
        table.columns(events.prefix(Self.namedEvents).map(Self.columns))
      }
      let rest = count - Self.namedEvents
      if rest > 0 {
        let place = count > events.count ? ", the first \(events.count) of all" : ""
        table.line("  \(rest) more\(place) in report.json")
      }
    }
  }

  private static func columns(_ event: FoundEvent) -> [String] {
    let step = (event.from.map { "\($0.visible) -> " } ?? "") + event.to.visible
    return [
      "  \(step)", event.sequenceID.visible, "agent \(event.agentID.visible)",
      "interaction \(event.interactionID.visible)", event.timestamp.visible,
      event.place?.description.visible ?? "",
    ]
  }

  /// How many there are of a kind: its metric, or for a verdict what left by the port.
  private func count(of kind: String, in stage: StageReport) -> Int {
    if let metric = stage.findings[kind] { return Int(exactly: metric.rounded()) ?? .max }
    return kind == "rejected" ? stage.sent[.rejected] ?? 0 : stage.sent[.failed] ?? 0
  }

  /// An event that wasn't accepted, and why.
  private static func sentence(_ event: FoundEvent) -> String {
    let reason = (event.reason ?? "").visible
    var rest: [String] = []
    if !event.agentID.isEmpty { rest.append("agent \(event.agentID.visible)") }
    if !event.interactionID.isEmpty { rest.append("interaction \(event.interactionID.visible)") }
    if !event.timestamp.isEmpty { rest.append(event.timestamp.visible) }
    if let place = event.place?.description.visible, !reason.contains(place) { rest.append(place) }
    return "  \(event.sequenceID.visible): \(reason)"
      + (rest.isEmpty ? "" : " (\(rest.joined(separator: ", ")))")
  }

  private func addSinks(to table: inout TextTable) {
    table.heading("SINKS")
    for stage in report.stages where stage.role == .sink {
      var text = "\(stage.written) written"
      if stage.undelivered > 0 { text += ", \(stage.undelivered) not written" }
      if stage.abandoned > 0 { text += ", \(stage.abandoned) still waiting at the end" }
      if stage.unkeptRecords > 0 {
        text += " (\(stage.unkeptRecords) of them records of rejected or failed events)"
      }
      table.row(stage.name, text)
      let spooled = stage.spool.map(Self.sentence) ?? ""
      if !spooled.isEmpty { table.line("  " + spooled) }
      for found in stage.findings.tables {
        for row in found.rows {
          let cells = zip(found.columns, row).map { "\($0) \($1)" }
          table.line("  \(found.title): " + cells.joined(separator: ", "))
        }
      }
    }
  }

  /// What became of what was in a sink's spool.
  private static func sentence(_ spool: SpoolReport) -> String {
    var parts = ["\(spool.delivered) delivered from its spool"]
    if spool.kept + spool.found == 0 { parts = [] }
    if spool.found > 0 { parts.append("\(spool.found) of earlier runs found there") }
    if spool.refused > 0 { parts.append("\(spool.refused) refused") }
    if spool.expired > 0 { parts.append("\(spool.expired) dropped as too old") }
    if spool.waiting > 0 { parts.append("\(spool.waiting) wait there") }
    if spool.documents > 0 { parts.append("\(spool.documents) documents wait in its spool") }
    return parts.joined(separator: ", ")
  }

  private func addThresholds(to table: inout TextTable) {
    guard !report.thresholds.isEmpty else { return }
    table.heading("THRESHOLDS")
    table.columns(
      report.thresholds.map { threshold in
        [
          "\(threshold.passed ? "✓" : "✗") \(threshold.metric) \(threshold.condition)",
          threshold.value.map(Formats.value) ?? "nothing to compute it from",
        ]
      })
  }

  private func addLists(to table: inout TextTable) {
    let help = report.stages.flatMap(\.findings.notes)
    let lists = [
      ("WHAT TO DO", help), ("NOTICES", report.notices), ("STILL INSIDE", report.leftovers),
      ("FAILURES", report.failures),
    ]
    for (title, entries) in lists where !entries.isEmpty {
      table.heading(title)
      for entry in entries {
        for line in entry.split(separator: "\n") { table.line(String(line)) }
      }
    }
    if report.events.emitted == 0, report.failures.isEmpty {
      table.heading("NOTHING WAS EMITTED")
      table.line("no source sent an event: check the sources' options and inputs")
    }
    addExitCodes(to: &table)
    if report.deliveredNothing {
      table.heading("NOTHING WAS DELIVERED")
      table.line(
        "all \(report.events.emitted) events were turned away; if that is meant, say so by a threshold "
          + "such as \"events.delivered\": \"== 0\"")
    }
  }

  /// Of several exit codes one counts; the others are no less true.
  private func addExitCodes(to table: inout TextTable) {
    let codes = report.applicableExitCodes
    guard codes.count > 1, let first = codes.first else { return }
    table.heading("EXIT CODE \(first.rawValue): \(first.meaning)")
    for code in codes.dropFirst() {
      table.line("\(code.rawValue) applies as well: \(code.meaning)")
    }
  }

  /// What wasn't measured is left out: without an injector nothing was sent, without a state machine
  /// no transition was checked, and without an accepted event nothing has a latency.
  private var lastLine: String {
    let emitted = report.events.emitted
    var parts: [String] = []
    if let injection = report.injection {
      // What only shows what was injected was never to be injected itself.
      let shown = report.stages.filter(\.watchesOthers).reduce(0) { $0 + $1.received }
      parts.append("Success: \(injection.accepted)/\(emitted - shown)")
    } else {
      parts.append("Delivered: \(report.events.delivered)/\(emitted)")
    }
    if let mismatches = MetricCatalog.value(of: "correlation.mismatches", in: report) {
      parts.append("Mismatches: \(Formats.value(mismatches))")
    }
    if let latency = report.injection?.latency, latency.count > 0 {
      parts.append("Avg Latency: \(Formats.decimal(latency.mean / 1_000_000, 2))ms")
    }
    return "Simulation complete. " + parts.joined(separator: ", ")
  }
}
