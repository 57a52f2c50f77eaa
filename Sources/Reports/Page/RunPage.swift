public import PatchbayCore

/// The report of a run as one page of HTML: with its pictures in it, without scripts, and without anything from
/// elsewhere, so that it can be read from an archive of a build, mailed and printed.
public struct RunPage {
  /// How many events of a kind the page names; `report.json` has more of them.
  private static let mostEvents = 20

  private let report: RunReport

  /// Makes the page of a report.
  public init(_ report: RunReport) {
    self.report = report
  }

  /// The page, in UTF-8 when written out.
  public var text: String {
    let title = "\(report.run.name): \(verdict.word)"
    let footer: Markup =
      "Patchbay, run \(report.run.id.description). The same in numbers: report.json, beside this page."
    return PageFrame(title: title, content: sections.reduce("", +), footer: footer).text
  }

  private var sections: [Markup] {
    [head, firstLook, tiles, thresholds, pipeline, time] + machines + findings + [
      sinks, lists, again,
    ]
  }

  private func section(_ title: String, _ content: Markup) -> Markup {
    content.text.isEmpty ? "" : "<section><h2>\(title)</h2>\(content)</section>\n"
  }

  // MARK: What came out

  private var verdict: RunVerdict { RunVerdict(report) }

  private var head: Markup {
    let run = report.run
    let verdict = verdict
    let facts: [(String, String)] = [
      ("started", run.startedAt.description), ("took", took), ("clock", run.clock),
      ("seed", String(run.seed)), ("ended", run.ending.words),
      ("exit code", "\(report.exitCode.rawValue), \(verdict.reason)"),
    ]
    let list = facts.map { name, value -> Markup in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
    return """
      <header><p class="verdict \(verdict.isGood ? "good" : "bad")">\(verdict.word)</p><h1>\(run.name)</h1>\
      <p>\(sentence)</p><dl class="facts">\(list)</dl></header>

      """
  }

  private var took: String {
    let real = Formats.duration(Double(report.run.realNanoseconds))
    if report.run.clock == "real" { return real }
    let simulated = Double(report.run.finishedAt.nanosecondsSince(report.run.startedAt))
    return "\(Formats.duration(simulated)) of its clock, in \(real)"
  }

  /// What was done, for who wasn't there.
  private var sentence: String {
    let sources = report.stages.filter { $0.role == .source && !$0.watchesOthers }
    let events = Formats.grouped(report.events.emitted)
    let names = sources.map { "\($0.name) (\($0.type))" }.joined(separator: ", ")
    var text =
      "\(events) \(report.events.emitted == 1 ? "event" : "events") came from \(names.isEmpty ? "no source" : names)"
    let injectors = report.stages.filter { $0.role == .injector }
    if let injection = report.injection, !injectors.isEmpty {
      let targets = injectors.map { "\($0.name) (\($0.type))" }.joined(separator: ", ")
      text +=
        "; \(Formats.grouped(injection.accepted)) of \(Formats.grouped(injection.attempted)) were accepted by what \(targets) sent them to"
    }
    if let mismatches = MetricCatalog.value(of: "correlation.mismatches", in: report) {
      text +=
        mismatches == 0
        ? "; no transition was forbidden"
        : "; \(Formats.value(mismatches)) transitions were forbidden"
    }
    return text + "."
  }

  private var firstLook: Markup {
    let points = FirstLook(report).points.map { point -> Markup in
      "<li class=\"\(point.weight.rawValue)\">\(point.text)</li>"
    }
    return section("What to look at first", "<ul class=\"points\">\(points)</ul>")
  }

  private var tiles: Markup {
    let events = report.events
    var tiles: [(String, String, Bool)] = [
      ("emitted", Formats.grouped(events.emitted), false),
      ("delivered", Formats.grouped(events.delivered), false),
      ("rejected", Formats.grouped(events.rejected), events.rejected > 0),
      ("failed", Formats.grouped(events.failed), events.failed > 0),
      ("abandoned", Formats.grouped(events.abandoned), events.abandoned > 0),
    ]
    if let injection = report.injection {
      tiles.append(("accepted", Formats.share(injection.accepted, of: injection.attempted), false))
      if injection.latency.count > 0 {
        tiles.append(("median latency", Formats.duration(injection.latency[.p50]), false))
        tiles.append(("p99 latency", Formats.duration(injection.latency[.p99]), false))
      }
    }
    let boxes = tiles.map { name, value, isBad -> Markup in
      "<div class=\"\(isBad ? "bad" : "")\"><b>\(value)</b><span>\(name)</span></div>"
    }
    return section("In numbers", "<div class=\"tiles\">\(boxes)</div>")
  }

  private var thresholds: Markup {
    if report.thresholds.isEmpty { return "" }
    let rows = report.thresholds.map { threshold -> Markup in
      let value = threshold.value.map(Formats.value) ?? "nothing to compute it from"
      return """
        <tr class="\(threshold.passed ? "good" : "bad")"><td>\(threshold.passed ? "held" : "failed")</td>\
        <td><code>\(threshold.metric)</code></td><td class="n">\(threshold.condition)</td><td class="n">\(value)</td></tr>
        """
    }
    return section(
      "Thresholds",
      """
      <table><thead><tr><th></th><th>metric</th><th class="n">was to be</th><th class="n">was</th></tr></thead>\
      <tbody>\(rows)</tbody></table>
      """)
  }

  // MARK: Pictures

  private var pipeline: Markup {
    section("The pipeline", PipelineMap(report.stages).picture)
  }

  private var time: Markup {
    var parts: [Markup] = []
    if let schedule = report.timeline?.schedule {
      parts.append("<h3>Load: what was to leave, and what left</h3>" + Curves.load(schedule))
    }
    guard let injection = report.injection, injection.latency.count > 0 else {
      return section("Over time", parts.reduce("", +))
    }
    let points = report.timeline?.points ?? []
    if let curve = Curves.latency(points, \.latency, title: "Service time over time") {
      parts.append("<h3>Service time: the last attempt on the wire</h3>" + curve)
    }
    if let bars = Curves.histogram(injection.latency, title: "Events by service time") {
      parts.append("<h3>How many took how long</h3>" + bars)
    }
    if let shares = TimeShares.picture(injection) {
      parts.append("<h3>Where an event's time went, on the average</h3>" + shares)
    }
    parts.append(figures(injection))
    return section("Time", parts.reduce("", +))
  }

  private func figures(_ injection: InjectionReport) -> Markup {
    var shapes: [(String, Distribution)] = [
      ("service time", injection.latency), ("response time", injection.response),
      ("queue", injection.queue), ("rate limit", injection.rateLimit), ("token", injection.token),
      ("backoff", injection.backoff),
    ]
    for label in LatencyLabel.allCases {
      for labelled in injection.labelled[label] ?? [] {
        shapes.append((labelled.value, labelled.latency))
      }
    }
    return Self.figures(shapes.filter { $0.1.count > 0 && $0.1.maximum > 0 })
  }

  private static func figures(_ shapes: [(String, Distribution)]) -> Markup {
    if shapes.isEmpty { return "" }
    let statistics = Distribution.Statistic.allCases
    let heads = statistics.map { statistic -> Markup in "<th class=\"n\">\(statistic.heading)</th>"
    }
    let rows = shapes.map { name, shape -> Markup in
      let cells = statistics.map { statistic -> Markup in
        "<td class=\"n\">\(Formats.duration(shape[statistic]))</td>"
      }
      return "<tr><td>\(name)</td><td class=\"n\">\(Formats.grouped(shape.count))</td>\(cells)</tr>"
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Times"><table><thead><tr><th></th>\
      <th class="n">events</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private var machines: [Markup] {
    report.stages.compactMap { stage in
      guard !stage.findings.transitions.isEmpty else { return nil }
      let heat = TransitionHeat(stage.findings.transitions)
      let coverage = heat.coverage
      let sentence: Markup =
        "<p>\(coverage.seen) of \(coverage.all) allowed transitions were seen.</p>"
      return section("States: \(stage.name)", sentence + heat.picture)
    }
  }

  // MARK: Tables

  private var findings: [Markup] {
    report.stages.compactMap { stage in
      let findings = stage.findings
      var parts: [Markup] = []
      if stage.role != .sink, !findings.metrics.isEmpty {
        let rows = findings.metrics.map { metric -> Markup in
          """
          <tr><td>\(metric.name.replacing("_", with: " "))</td>\
          <td class="n">\(Formats.value(metric.value))</td></tr>
          """
        }
        parts.append("<table><tbody>\(rows)</tbody></table>")
      }
      var shapes = findings.shapes.map { ($0.name.replacing("_", with: " "), $0.distribution) }
      if stage.lag.maximum > 0 { shapes.append(("left late by", stage.lag)) }
      parts.append(Self.figures(shapes.filter { $0.1.count > 0 }))
      for table in findings.tables { parts.append(Self.table(table)) }
      parts.append(events(of: stage))
      for note in findings.notes { parts.append("<p>\(note)</p>") }
      let content = parts.reduce("", +)
      if content.text.isEmpty { return nil }
      return section("\(stage.name), \(stage.type)", content)
    }
  }

  private static func table(_ table: Findings.Table) -> Markup {
    let heads = table.columns.map { column -> Markup in "<th>\(column)</th>" }
    let rows = table.rows.map { row -> Markup in
      let cells = row.map { cell -> Markup in
        Int(cell) == nil ? "<td>\(cell)</td>" : "<td class=\"n\">\(cell)</td>"
      }
      return "<tr>\(cells)</tr>"
    }
    return """
      <h3>\(table.title)</h3><div class="wide" tabindex="0" role="group" aria-label="\(table.title)"><table>\
      <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func events(of stage: StageReport) -> Markup {
    let kinds = Dictionary(grouping: stage.findings.events, by: \.kind).sorted { $0.key < $1.key }
    return kinds.map { kind, events -> Markup in
      let rows = events.prefix(Self.mostEvents).map { event -> Markup in
        let step = (event.from.map { "\($0) -> " } ?? "") + event.to
        return """
          <tr><td>\(step)</td><td>\(event.reason ?? "")</td><td><code>\(event.agentID)</code></td>\
          <td><code>\(event.interactionID)</code></td><td>\(event.timestamp)</td>\
          <td>\(event.place?.description ?? "")</td></tr>
          """
      }
      let title =
        "The first \(min(events.count, Self.mostEvents)) \(kind.replacing("_", with: " "))"
      return """
        <details open=""><summary>\(title)</summary><div class="wide" tabindex="0" role="group" aria-label="\(title)">\
        <table><thead><tr><th>state</th><th>why</th><th>agent</th><th>interaction</th><th>time</th>\
        <th>place</th></tr></thead><tbody>\(rows)</tbody></table></div></details>
        """
    }.reduce("", +)
  }

  private var sinks: Markup {
    let rows = report.stages.filter { $0.role == .sink }.map { stage -> Markup in
      let isBad = stage.undelivered > 0 || stage.unkeptRecords > 0
      return """
        <tr class="\(isBad ? "bad" : "")"><td>\(stage.name)</td><td>\(stage.type)</td>\
        <td class="n">\(Formats.grouped(stage.written))</td><td class="n">\(Formats.grouped(stage.undelivered))</td>\
        <td class="n">\(Formats.grouped(stage.spool?.waiting ?? 0))</td></tr>
        """
    }
    if rows.isEmpty { return "" }
    return section(
      "Where events went",
      """
      <table><thead><tr><th>sink</th><th>type</th><th class="n">written</th><th class="n">not written</th>\
      <th class="n">wait in its spool</th></tr></thead><tbody>\(rows)</tbody></table>
      """)
  }

  private var lists: Markup {
    let lists = [
      ("Failures", report.failures), ("Still inside", report.leftovers),
      ("Notices", report.notices),
    ]
    return lists.filter { !$0.1.isEmpty }.map { title, lines -> Markup in
      let items = lines.map { line -> Markup in "<li>\(line)</li>" }
      return section(title, "<ul>\(items)</ul>")
    }.reduce("", +)
  }

  private var again: Markup {
    section(
      "To do it again",
      """
      <p>The same configuration with <code>--seed \(String(report.run.seed))</code> makes the same events. The run's \
      files lie in <code>\(report.run.directory)</code>.</p>
      """)
  }
}

extension RunSummary.Ending {
  /// How a run ended, for people.
  var words: String {
    switch self {
    case .completed: "by itself"
    case .interrupted: "by a signal"
    case .stopped: "by the program that ran it"
    case .deadline: "by its deadline"
    case .outputClosed: "when nobody read its output any more"
    case .threshold: "by a threshold that was lost"
    }
  }
}
