import PatchbayCore
import PatchbayJSON

/// What is legal and should be looked at all the same.
///
/// Only asked of a configuration without errors: a suspicion must not be the consequence of one.
extension PlanBuilder {
  /// Credentials that stand in the file.
  mutating func checkSecrets() {
    for secret in secrets where secret.isLiteral && secret.isCredential {
      issues.report(
        .literalSecret, .warning, at: secret.position, path: secret.path,
        message: "a secret is written out; take it from a variable such as "
          + secret.suggestion)
    }
  }

  /// Ports that events may leave by and that nothing takes, and injections without a record.
  mutating func checkPorts(_ inputs: [String: [StageOutput]]) {
    // What --only leaves out may have taken them.
    if issues.hasErrors || !leftOut.isEmpty { return }
    let used = Set(inputs.values.flatMap { $0 })
    for draft in drafts.all {
      for port in draft.role.ports where port != .out && draft.mayUse(port) {
        if used.contains(StageOutput(stage: draft.name, port: port)) { continue }
        issues.report(
          .unconnectedPort, .warning, at: draft.position, path: draft.path,
          message:
            "nothing takes \(draft.name).\(port.rawValue): no record is kept of what leaves there")
      }
    }
    var takers: [StageOutput: [String]] = [:]
    for draft in drafts.all {
      for output in inputs[draft.name] ?? [] { takers[output, default: []].append(draft.name) }
    }
    for draft in drafts.all where draft.role == .injector && reachesOut(draft) {
      if draft.role.ports.allSatisfy({ isRecorded(draft.name, $0, takers) }) { continue }
      issues.report(
        .unrecordedPlatform, .warning, at: draft.position, path: draft.path,
        message: "sends to another machine, and no sink keeps a record of both what was accepted "
          + "and what failed; add one that does\(registry.recordKeeper)")
    }
  }

  /// A journal that is switched off though injections go to another machine.
  mutating func checkJournal(_ root: JSONNode, _ options: RunOptions?) {
    if issues.hasErrors { return }
    guard options?.journal == false,
      drafts.all.contains(where: { $0.role == .injector && reachesOut($0) })
    else { return }
    issues.report(
      .journalOff, .warning,
      at: root.member("run")?.value.member("journal")?.value.position ?? .start,
      path: OptionPath("run", "journal"),
      message:
        "journal off: events are sent to another machine, and after a crash nobody could say which")
  }

  private func reachesOut(_ draft: StageDraft) -> Bool {
    let input = ForecastInput(events: .exactly(0), connections: connections)
    return draft.stage?.forecast(input).requests.contains { !$0.isLocal } ?? false
  }

  /// Whether a sink that keeps records is behind a port, near or far.
  private func isRecorded(
    _ stage: String, _ port: PortName, _ takers: [StageOutput: [String]]
  ) -> Bool {
    var open = takers[StageOutput(stage: stage, port: port)] ?? []
    var seen: Set<String> = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      if let sink = drafts[name]?.stage as? any Sink, type(of: sink).keepsRecords { return true }
      open += takers[StageOutput(stage: name)] ?? []
    }
    return false
  }
}

extension StageDraft {
  /// Whether events may leave by a port.
  fileprivate func mayUse(_ port: PortName) -> Bool {
    guard let source = stage as? any Source else { return true }
    return Swift.type(of: source).mayReject
  }
}
