import PatchbayCore

extension RunPage {
  var findings: [Markup] {
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

  var sinks: Markup {
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

  var lists: Markup {
    let lists = [
      ("Failures", report.failures), ("Still inside", report.leftovers),
      ("Notices", report.notices),
    ]
    return lists.filter { !$0.1.isEmpty }.map { title, lines -> Markup in
      let items = lines.map { line -> Markup in "<li>\(line)</li>" }
      return section(title, "<ul>\(items)</ul>")
    }.reduce("", +)
  }

  var again: Markup {
    section(
      "To do it again",
      """
      <p>The same configuration with <code>--seed \(String(report.run.seed))</code> makes the same events. The run's \
      files lie in <code>\(report.run.directory)</code>.</p>
      """)
  }
}
