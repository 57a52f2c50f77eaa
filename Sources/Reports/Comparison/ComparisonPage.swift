import PatchbayCore

/// A comparison of two runs as one page of HTML, as self-contained as that of a run.
public struct ComparisonPage {
  private let comparison: RunComparison

  /// Makes the page of a comparison.
  public init(_ comparison: RunComparison) {
    self.comparison = comparison
  }

  /// The page, in UTF-8 when written out.
  public var text: String {
    let (first, second) = comparison.reports
    let verdict: Markup =
      comparison.isSame
      ? "<p class=\"verdict good\">the same</p>" : "<p class=\"verdict bad\">different</p>"
    let differences = comparison.differences.map { line -> Markup in
      "<li class=\"doubtful\"><b>\(line.name)</b>: \(line.first) → \(line.second) \(line.difference ?? "")</li>"
    }
    let pictures = [first, second].compactMap { report -> Markup? in
      guard let latency = report.injection?.latency,
        let picture = Curves.histogram(latency, title: "Service times of \(report.run.id)")
      else { return nil }
      return "<h3>\(report.run.startedAt.description)</h3>\(picture)"
    }
    let sections: [Markup] = [
      """
      <header>\(verdict)<h1>\(first.run.name)</h1><p>First: \(first.run.id.description), \
      \(first.run.startedAt.description). Second: \(second.run.id.description), \(second.run.startedAt.description).</p></header>
      """,
      differences.isEmpty
        ? ""
        : "<section><h2>What is different</h2><ul class=\"points\">\(differences)</ul></section>",
      table("Outcomes", comparison.outcomes), table("Transitions", comparison.transitions),
      table("Durations: median and p99", comparison.durations),
      pictures.isEmpty ? "" : "<section><h2>Service times</h2>\(pictures)</section>",
    ]
    return PageFrame(
      title: "\(first.run.name): two runs", content: sections.reduce("", +), footer: ""
    ).text
  }

  private func table(_ title: String, _ lines: [RunComparison.Line]) -> Markup {
    if lines.isEmpty { return "" }
    let rows = lines.map { line -> Markup in
      """
      <tr class="\(line.difference == nil ? "" : "bad")"><td>\(line.name)</td><td class="n">\(line.first)</td>\
      <td class="n">\(line.second)</td><td>\(line.difference ?? "")</td></tr>
      """
    }
    return """
      <section><h2>\(title)</h2><div class="wide" tabindex="0" role="group" aria-label="\(title)"><table><thead><tr>\
      <th></th><th class="n">first</th><th class="n">second</th><th>difference</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div></section>
      """
  }
}
