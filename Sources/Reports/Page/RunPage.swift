public import PatchbayCore

/// The report of a run as one page of HTML: with its pictures in it, without scripts, and without anything from
/// elsewhere, so that it can be read from an archive of a build, mailed and printed.
public struct RunPage {
  /// How many events of a kind the page names; `report.json` has more of them.
  static let mostEvents = 20

  let report: RunReport

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

  func section(_ title: String, _ content: Markup) -> Markup {
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

  static func figures(_ shapes: [(String, Distribution)]) -> Markup {
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
