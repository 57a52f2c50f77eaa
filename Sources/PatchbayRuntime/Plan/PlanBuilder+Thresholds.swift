import PatchbayCore
import PatchbayJSON

extension PlanBuilder {
  mutating func readThresholds(_ root: JSONNode) -> [Threshold] {
    guard let section = root.member("thresholds") else { return [] }
    guard let members = section.value.members else {
      issues.report(
        .wrongType, at: section.value.position, path: OptionPath("thresholds"),
        message: "expected an object of metrics and conditions, found \(section.value.kind)")
      return []
    }
    let known = MetricNames.of(drafts.all.map { ($0.name, $0.role, $0.metrics) })
    let produced = Set(known)
    let unknown = drafts.all.filter { !$0.isKnown }
    return members.compactMap { member -> Threshold? in
      let path = OptionPath(components: [.name("thresholds"), .name(member.name)])
      if let inner = member.value.members?.first, member.value.members?.count == 1,
        inner.name != "is"
      {
        let name = "\(member.name).\(inner.name)"
        issues.report(
          .malformedThreshold, at: member.value.position, path: path,
          message: "metrics are written with a dot: \(name.quoted): \(inner.value.shownCondition)")
        return nil
      }
      if LabelledMetric(member.name) == nil, member.name.contains("{") {
        reportMalformedLabel(member, path)
        return nil
      }
      let name = Self.unlabelled(member.name)
      if !hasUnreadableSections, !produced.contains(name),
        !mayCome(member.name, from: unknown)
      {
        if isLeftOut(member.name) {
          issues.report(
            .uncheckedThreshold, .warning, at: member.position, path: path,
            message: "is not checked: --only leaves out what produces the metric")
          return nil
        }
        reportUnproduced(member, path, known)
      }
      if member.value.members != nil {
        let decoded = ThresholdOptions.decode(member.value, at: path)
        issues.append(contentsOf: decoded.issues)
        return decoded.value.flatMap { options in
          let threshold = Threshold(metric: member.name, condition: options.condition)
          return options.abort ? threshold?.aborting(after: options.after) : threshold
        }
      }
      guard let condition = member.value.value.string,
        let threshold = Threshold(metric: member.name, condition: condition)
      else {
        issues.report(
          .malformedThreshold, at: member.value.position, path: path,
          message: "expected a condition such as \">= 0.99\" (<, <=, >, >=, ==, != and a number), "
            + "found \(found(member.value))\(unitHint(member))")
        return nil
      }
      return threshold
    }
  }

  /// A metric's name without its label.
  private static func unlabelled(_ name: String) -> String {
    LabelledMetric(name).map { "\($0.family).\($0.statistic.rawValue)" } ?? name
  }

  private mutating func reportMalformedLabel(_ member: JSONNode.Member, _ path: OptionPath) {
    issues.report(
      .unknownMetric, at: member.position, path: path,
      message: "expected latency or response, a figure and a label, such as "
        + "\"latency.p99{state=routing/agent/busy}\" or "
        + "\"response.p95{endpoint=POST /api/v2/events/conversations}\"")
  }

  /// What to say of a condition that has a unit, as in `< 250ms`.
  private func unitHint(_ member: JSONNode.Member) -> String {
    guard let text = member.value.value.string, let last = text.last, last.isLetter || last == "%",
      Threshold(
        metric: member.name, condition: String(text.reversed().drop { !$0.isNumber }.reversed()))
        != nil
    else { return "" }
    return "; leave the unit out, `patchbay metrics` tells what each counts in"
  }

  /// A metric that exists is worth a warning only: the threshold is honest, it always fails.
  private mutating func reportUnproduced(
    _ member: JSONNode.Member, _ path: OptionPath, _ known: [String]
  ) {
    if existsSomewhere(member.name) {
      issues.report(
        .unproducedMetric, .warning, at: member.position, path: path,
        message: "nothing in this pipeline produces the metric, so the threshold always fails")
    } else {
      if let present = MetricNames.successor(of: member.name, among: known) {
        issues.report(
          .unknownMetric, at: member.position, path: path,
          message: "there is no such metric any more: write \(present.quoted)")
        return
      }
      let nearest =
        issues.takesSuggestions ? MetricNames.nearest(to: member.name, among: known) : nil
      issues.report(
        .unknownMetric, at: member.position, path: path,
        message: "there is no such metric"
          + (nearest.map { " (did you mean \($0.quoted)?)" }
            ?? "; `patchbay metrics` lists them all"))
    }
  }

  /// Whether a pipeline of other stages could have the metric.
  private func existsSomewhere(_ metric: String) -> Bool {
    if MetricCatalog.entries.contains(where: { $0.name == metric }) { return true }
    let prefix = "correlation."
    guard metric.hasPrefix(prefix) else { return false }
    let name = metric.dropFirst(prefix.count)
    return registry.stages(of: .correlator).contains { $0.metrics.contains { $0.name == name } }
  }

  private func isLeftOut(_ metric: String) -> Bool {
    guard !leftOut.isEmpty else { return false }
    return existsSomewhere(metric) || leftOut.contains { metric.hasPrefix($0 + ".") }
  }

  /// What a message may show of a value: numbers and short texts that stand in the file.
  func found(_ node: JSONNode) -> String {
    switch node.content {
    case .integer:
      "the number \(node.value.text()) (did you mean \"== \(node.value.text())\"?)"
    case .number(let number) where number.magnitude < 1e15 && number.magnitude >= 1e-6:
      "the number \(node.value.text()) (did you mean \">= \(node.value.text())\"?)"
    case .number: "a number"
    case .string(let text) where node.origin == .text && text.utf8.count <= 60: node.value.text()
    case .string, .null, .bool, .array, .object: node.kind
    }
  }

  /// Whether a metric belongs to a stage whose type isn't known, which is reported there.
  private func mayCome(_ metric: String, from unknown: [StageDraft]) -> Bool {
    unknown.contains { draft in
      metric.hasPrefix(draft.name + ".")
        || draft.role == .correlator && metric.hasPrefix("correlation.")
    }
  }
}

extension JSONNode {
  /// A condition as it may be shown, or one to stand for it.
  fileprivate var shownCondition: String {
    if case .string(let text) = content, origin == .text, text.utf8.count <= 60 {
      text.quoted
    } else {
      "\"== 0\""
    }
  }
}
