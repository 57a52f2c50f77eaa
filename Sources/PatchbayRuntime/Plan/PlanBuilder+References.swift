import PatchbayCore
import PatchbayJSON

extension PlanBuilder {
  mutating func checkReferences() {
    let pairs: [(OptionReference, (any Stage)?)] =
      connectionReferences.map { ($0, nil) }
      + drafts.all.flatMap { draft in draft.references.map { ($0, draft.stage) } }
    for (reference, stage) in pairs {
      guard registry.connection(reference.kind) != nil else { continue }
      guard let type = connectionTypes[reference.name] else {
        if hasUnreadableSections { continue }
        let shown =
          reference.origin == .environment ? "of that name" : reference.name.quoted
        issues.report(
          .unknownConnection, at: reference.position, path: reference.path,
          message: "there is no connection \(shown)"
            + issues.suggestion(for: reference.name, among: connectionTypes.keys.sorted()))
        continue
      }
      usedConnections.insert(reference.name)
      // Its own type is what is wrong then, and is reported there.
      if type.isEmpty { continue }
      guard type == reference.kind else {
        issues.report(
          .unusableConnection, at: reference.position, path: reference.path,
          message: "needs a connection of type \"\(reference.kind)\", this one is \"\(type)\"")
        continue
      }
      if let user = stage as? any ConnectionUser, let connection = connections[reference.name],
        let objection = user.objection(to: connection)
      {
        issues.report(
          .unusableConnection, at: reference.position, path: reference.path, message: objection)
      }
    }
  }

  /// Stages that would get into each other's way, and connections that nobody uses.
  mutating func checkResources() {
    var owners = ["file \(RunReport.fileName) in the run's folder": "the run's own report"]
    for draft in drafts.all {
      guard let user = draft.stage as? any ResourceUser else { continue }
      for resource in user.resources {
        if let owner = owners[resource] {
          issues.report(
            .resourceInUse, at: draft.position, path: draft.path,
            message: "uses \(resource), which \(owner) uses already")
        } else {
          owners[resource] = draft.path.description
        }
      }
    }
    // A misspelt reference leaves its connection unused; then only the reference is reported.
    if issues.hasErrors || !leftOut.isEmpty { return }
    let implicit = Set(registry.connections.compactMap { $0.implicitName })
    for name in connectionOrder where !usedConnections.contains(name) && !implicit.contains(name) {
      issues.report(
        .unusedConnection, .warning, at: connectionPositions[name] ?? .start,
        path: OptionPath("connections", name), message: unusedMessage(of: name))
    }
  }

  func unusedMessage(of name: String) -> String {
    let type = registry.connection(connectionTypes[name] ?? "")
    return type?.implicitName.map { "has no effect; call it \"\($0)\" to change the embedded one" }
      ?? "no stage uses this connection"
  }
}
