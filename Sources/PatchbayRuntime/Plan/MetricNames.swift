package import PatchbayCore

/// The names that thresholds and tests use for metrics.
package enum MetricNames {
  /// Those of a pipeline of these stages.
  package static func of(
    _ stages: [(name: String, role: StageRole, metrics: [MetricDeclaration])]
  ) -> [String] {
    let hasInjector = stages.contains { $0.role == .injector }
    var names = MetricCatalog.entries.map(\.name)
      .filter { hasInjector || $0.hasPrefix("events.") }
    for stage in stages {
      let common = stage.role == .source ? MetricCatalog.sourceMetrics : []
      for metric in stage.metrics + common {
        names.append("\(stage.name).\(metric.name)")
        if stage.role == .correlator, !metric.name.contains(".") {
          names.append("correlation.\(metric.name)")
        }
      }
    }
    return names
  }

  /// The name by which a metric goes that once had another; nil for any other.
  package static func successor(of name: String, among names: [String]) -> String? {
    guard let dot = name.firstIndex(of: "."), name[dot...] == ".lag_ms" else { return nil }
    let present = "\(name[..<dot]).lag.max"
    return names.contains(present) ? present : nil
  }

  /// The name that was probably meant by one that doesn't exist, or nil.
  ///
  /// What the figure is called counts more than its group: `injection.p95_ms` means `latency.p95`.
  package static func nearest(to name: String, among names: [String]) -> String? {
    if !name.contains("."),
      let figure = NearestName.of(
        name, among: names.map { String($0.drop { $0 != "." }.dropFirst()) })
    {
      return names.first { $0.hasSuffix(".\(figure)") }
    }
    let near = NearestName.of(name, among: names)
    let all = Set(words(of: name))
    // A name without a group is all figure: `success_rate` means `injection.success_rate`.
    let figure = name.contains(".") ? Set(words(of: name).dropFirst()) : all
    let shared = names.map { (name: $0, count: figure.intersection(words(of: $0)).count) }
    guard let most = shared.map(\.count).max(), most > 0 else { return near }
    let best = shared.filter { $0.count == most }.map(\.name)
    if let near, best.contains(near) { return near }
    return best.first { words(of: $0).first.map(all.contains) ?? false } ?? best.first
  }

  private static func words(of name: String) -> [String] {
    name.split { $0 == "." || $0 == "_" }.map { $0.lowercased() }
  }
}

extension Plan {
  /// The metrics that a run of the plan produces.
  package var metricNames: [String] {
    MetricNames.of(stages.map { ($0.name, $0.role, type(of: $0.stage).thresholdMetrics) })
  }
}
