import PatchbayCore

/// A run while it goes on, as a page whose parts are sent anew as they change.
///
/// The parts are drawn here, as those of the report are: the page's script only puts them in their places.
package struct LivePage: Sendable {
  private let live: LiveRun
  private var report: RunReport { live.report }

  package init(_ live: LiveRun) {
    self.live = live
  }

  /// The whole page, in UTF-8 when written out.
  ///
  /// - Parameter nonce: what its script is known by.
  package func text(nonce: String) -> String {
    let places = parts.map { part -> Markup in
      "<section id=\"\(part.id)\" aria-labelledby=\"\(part.id)-title\"><h2 id=\"\(part.id)-title\">\(part.title)</h2><div>\(Markup(drawn: part.html))</div></section>\n"
    }
    let page: Markup = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(report.run.name)</title>
      <style>\(PageFrame.style)</style></head>
      <body class="live"><a class="skip" href="#tiles">To the numbers</a><main><header><h1>\(report.run.name)</h1>\
      <p id="connection" role="status">live</p>\
      <p><button type="button" id="pause" aria-pressed="false">Pause</button></p></header>
      \(places)</main>
      <footer>Patchbay, run \(report.run.id.description)</footer>
      <script nonce="\(nonce)">\(Markup(trusted: PackageResources.live_js))</script>
      </body></html>

      """
    return page.text
  }

  /// A part of the page.
  package struct Part: Sendable, Equatable {
    package let id: String
    let title: String
    package let html: String
  }

  /// All parts as they are now.
  package var parts: [Part] {
    [
      part("tiles", "Now", numbers), part("thresholds", "Thresholds", thresholds),
      part("pipeline", "Pipeline", PipelineMap(report.stages, waiting: live.waiting).picture),
      part("load", "Load: what was to leave, and what left", load),
      part("latency", "Service time", latency), part("states", "States", states),
      part("lanes", "Agents", lanes), part("troubles", "Turned away or forbidden", troubles),
      part("limits", "Stages", tables),
    ]
  }

  private func part(_ id: String, _ title: String, _ content: Markup) -> Part {
    let html = content.text.isEmpty ? "<p class=\"none\">Nothing yet.</p>" : content.text
    return Part(id: id, title: title, html: html)
  }

  private var numbers: Markup {
    let events = report.events
    let elapsed = Double(live.now.nanosecondsSince(report.run.startedAt))
    var tiles: [(name: String, value: String, isBad: Bool)] = [
      ("phase", live.phase.rawValue, false), ("elapsed", Formats.duration(elapsed), false),
      ("settled a second", live.rate.map { Formats.short($0) } ?? "", false),
      ("emitted", Formats.grouped(events.emitted), false),
      ("delivered", Formats.grouped(events.delivered), false),
      ("rejected", Formats.grouped(events.rejected), events.rejected > 0),
      ("failed", Formats.grouped(events.failed), events.failed > 0),
      ("inside", Formats.grouped(events.emitted - events.settled), false),
    ]
    if let injection = report.injection {
      tiles.append(
        (
          "accepted", Formats.grouped(injection.accepted),
          injection.accepted < injection.attempted && injection.failed > 0
        ))
      if injection.latency.count > 0 {
        tiles.append(("median latency", Formats.duration(injection.latency[.p50]), false))
        tiles.append(("p99 latency", Formats.duration(injection.latency[.p99]), false))
      }
    }
    let boxes = tiles.map { tile -> Markup in
      """
      <div class="\(tile.isBad ? "bad" : "")"><b data-name="\(tile.name)">\(tile.value)</b>\
      <span>\(tile.name)</span></div>
      """
    }
    let failures = report.failures.map { line -> Markup in "<li class=\"bad\">\(line)</li>" }
    let list: Markup = failures.isEmpty ? "" : "<ul class=\"points\">\(failures)</ul>"
    return "<div class=\"tiles\">\(boxes)</div>\(list)"
  }

  private var thresholds: Markup {
    let rows = report.thresholds.map { threshold -> Markup in
      let value = threshold.value.map(Formats.value) ?? "nothing yet"
      let isBad = !threshold.passed && threshold.value != nil
      return """
        <tr class="\(isBad ? "bad" : threshold.passed ? "good" : "")"><td>\(isBad ? "lost" : threshold.passed ? "holds" : "open")</td>\
        <td><code>\(threshold.metric)</code></td><td class="n">\(threshold.condition)</td><td class="n">\(value)</td>\
        <td class="n">\(Self.distance(threshold) ?? "")</td></tr>
        """
    }
    if rows.isEmpty { return "" }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="Thresholds"><table><thead><tr><th>state</th>\
      <th>metric</th><th class="n">is to be</th><th class="n">is</th><th class="n">distance</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  /// How far a value is from its limit, as a part of that.
  private static func distance(_ threshold: ThresholdResult) -> String? {
    guard let value = threshold.value,
      let limit = threshold.condition.split(separator: " ").last.flatMap({ Double($0) }), limit != 0
    else { return nil }
    return Formats.decimal(abs(value - limit) / abs(limit) * 100, 1) + "%"
  }

  private var load: Markup { report.timeline?.schedule.map { Curves.load($0) } ?? "" }

  private var latency: Markup {
    guard let injection = report.injection else { return "" }
    let pictures = [
      Curves.latency(
        report.timeline?.points ?? [], \.latency, title: "Service time over time"),
      Curves.histogram(injection.latency, title: "Events by service time"),
      TimeShares.picture(injection),
    ]
    return pictures.compactMap(\.self).reduce("", +)
  }

  private var states: Markup {
    report.stages.filter { !$0.findings.transitions.isEmpty }.map { stage -> Markup in
      let heat = TransitionHeat(stage.findings.transitions)
      let coverage = heat.coverage
      return """
        <h3>\(stage.name): \(coverage.seen) of \(coverage.all) allowed transitions were seen</h3>\(heat.picture)
        """
    }.reduce("", +)
  }

  private var lanes: Markup {
    guard let picture = LanePicture(live.lanes, now: live.now).picture else { return "" }
    let note: Markup =
      live.isSampled ? "<p>There are too many events to look at all of them.</p>" : ""
    return picture + note
  }

  private var troubles: Markup {
    if live.troubles.isEmpty { return "" }
    let rows = live.troubles.map { trouble -> Markup in
      """
      <tr><td>\(trouble.time.description)</td><td>\(trouble.stage)</td><td>\(trouble.kind)</td>\
      <td>\(trouble.step)</td><td>\(trouble.reason)</td><td><code>\(trouble.agent)</code></td></tr>
      """
    }
    return """
      <div class="wide" tabindex="0" role="group" aria-label="The latest, newest first"><table><thead><tr><th>time</th>\
      <th>stage</th><th>what</th><th>state</th><th>why</th><th>agent</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  /// What stages have found, rate limits among it.
  private var tables: Markup {
    report.stages.map { stage -> Markup in
      let metrics = stage.findings.metrics.map { metric -> Markup in
        "<tr><td>\(stage.name)</td><td>\(metric.name.replacing("_", with: " "))</td><td class=\"n\">\(Formats.value(metric.value))</td></tr>"
      }
      let limits = stage.findings.tables.filter { $0.title.hasPrefix("waited for") }.flatMap(\.rows)
        .map {
          row -> Markup in
          "<tr><td>\(stage.name)</td><td>\(row.first ?? "")</td><td class=\"n\">\(row.dropFirst().joined(separator: ", "))</td></tr>"
        }
      return metrics.reduce("", +) + limits.reduce("", +)
    }.reduce("", +).asTable
  }
}

extension Markup {
  /// Markup that was drawn before.
  fileprivate init(drawn text: String) { self.init(trusted: Array(text.utf8)) }

  /// Rows as a table.
  fileprivate var asTable: Markup {
    text.isEmpty
      ? ""
      : "<table><thead><tr><th>stage</th><th>what</th><th class=\"n\">is</th></tr></thead><tbody>\(self)</tbody></table>"
  }
}
