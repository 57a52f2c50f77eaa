import PatchbayCore

extension PlanGraph {
  /// The graph as a Mermaid flowchart.
  ///
  /// Solid lines are the main path and dotted ones records of events that left it; a circle is
  /// where an event is settled. Lines show what may wait on them; stages in a frame share a task.
  package var mermaid: String {
    var lines = ["---", "title: \(name.mermaidLine)", "---", "flowchart LR"]
    let grouped = Set(groups.flatMap { $0 })
    for (index, group) in groups.enumerated() {
      lines.append("  subgraph task\(index)[\"one task\"]")
      lines += group.compactMap { places[$0] }.map { "    " + node(stages[$0]) }
      lines.append("  end")
    }
    lines += stages.filter { !grouped.contains($0.name) }.map { "  " + node($0) }
    for stage in stages {
      for port in stage.role.ports where port != .out && hasPort(port, stage) {
        let circle = "\(id(stage.name))_\(port.rawValue)"
        lines.append("  \(circle)((\"\(port.rawValue)\"))")
        lines.append("  \(id(stage.name)) -.-> \(circle)")
      }
    }
    lines += edges.map { "  " + line($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether a port is drawn: those that may be used.
  private func hasPort(_ port: PortName, _ stage: PlannedStage) -> Bool {
    if usedOutputs.contains(StageOutput(stage: stage.name, port: port)) { return true }
    guard let source = stage.stage as? any Source else { return true }
    return type(of: source).mayReject
  }

  private func id(_ name: String) -> String {
    "s\(places[name] ?? 0)"
  }

  private func node(_ stage: PlannedStage) -> String {
    var text = "<b>\(stage.name)</b><br/>\(stage.type)"
    if stage.role == .sink {
      text += mainPath.contains(stage.name) ? "<br/>settles: delivered" : "<br/>records only"
    }
    let (open, close) =
      switch stage.role {
      case .source: ("([", "])")
      case .validator: ("{{", "}}")
      case .injector: ("[[", "]]")
      case .correlator: ("[/", "/]")
      case .sink: ("[(", ")]")
      }
    return "\(id(stage.name))\(open)\"\(text)\"\(close)"
  }

  private func line(_ edge: Edge) -> String {
    let label =
      switch edge.crossing {
      case .channel(let batches, let events): "\(batches) x \(events)"
      case .spool(let bytes): "spool, \(bytes)"
      case .call: "call"
      }
    let isMain = edge.from.port == .out
    let from = isMain ? id(edge.from.stage) : "\(id(edge.from.stage))_\(edge.from.port.rawValue)"
    let isRecord = !isMain || !mainPath.contains(edge.from.stage)
    return
      "\(from) \(isRecord ? "-." : "--") \"\(label)\" \(isRecord ? ".->" : "-->") \(id(edge.to))"
  }
}

extension String {
  /// The text on one line that a front matter can hold.
  fileprivate var mermaidLine: String {
    "\"" + map { "\"\\\n\r".contains($0) ? " " : String($0) }.joined() + "\""
  }
}
