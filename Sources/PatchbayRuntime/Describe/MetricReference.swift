import PatchbayCore
package import PatchbayJSON

/// The metrics that thresholds and tests may name, with what they mean.
package struct MetricReference: Sendable {
  /// A group of metrics and who has them.
  package struct Group: Sendable {
    package let title: String
    package let metrics: [(name: String, doc: String)]
  }

  package let groups: [Group]

  /// The metrics of every pipeline, and those of a registry's types.
  package init(_ registry: StageRegistry) {
    let run = Group(
      title: "Every run", metrics: Self.entries { $0.hasPrefix("events.") })
    let injection = Group(
      title: "Pipelines with an injector; latencies in milliseconds",
      metrics: Self.entries { !$0.hasPrefix("events.") })
    let stages = registry.stages.filter { !$0.thresholdMetrics.isEmpty }.map { stage in
      let role = StageRole(of: stage)
      let sum = role == .correlator ? ", or correlation.* for the sum over all" : ""
      return Group(
        title: "Stages of type \(stage.type) (\(role?.rawValue ?? "")), as NAME.*\(sum)",
        metrics: stage.thresholdMetrics.map { ("NAME.\($0.name)", $0.doc) })
    }
    let spools = Group(
      title: "Sinks with \"buffer\": \"spool\", as NAME.*",
      metrics: SpoolReport.metrics.map { ("NAME.\($0.name)", $0.doc) })
    let sources = Group(
      title: "Sources, as NAME.*",
      metrics: MetricCatalog.sourceMetrics.map { ("NAME.\($0.name)", $0.doc) })
    groups = [run, injection, sources, spools] + stages
  }

  private static func entries(_ isWanted: (String) -> Bool) -> [(name: String, doc: String)] {
    MetricCatalog.entries.filter { isWanted($0.name) }.map { ($0.name, $0.doc) }
  }

  /// For a terminal.
  package var text: String {
    let width = groups.flatMap(\.metrics).map(\.name.count).max() ?? 0
    return groups.map { group in
      let lines = group.metrics.map { name, doc in
        "  \(name)\(String(repeating: " ", count: width - name.count + 2))\(doc)"
      }
      return ([group.title + ":"] + lines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// For programs.
  package var json: JSONValue {
    .array(
      groups.map { group in
        [
          "group": .string(group.title),
          "metrics": .array(
            group.metrics.map { ["name": .string($0.name), "doc": .string($0.doc)] }),
        ]
      })
  }
}
