import PatchbayCore
import PatchbayJSON

extension PlanBuilder {
  mutating func readConnections(_ root: JSONNode) {
    for member in objects(in: "connections", of: root) {
      let path = OptionPath("connections", member.name)
      checkName(member, path)
      connectionTypes[member.name] = ""
      guard let (type, node) = takeType(member.value, path) else { continue }
      if let owner = registry.connections.first(where: { $0.implicitName == member.name }),
        owner.type != type, registry.connection(type) != nil
      {
        issues.report(
          .nameInUse, at: member.position, path: path,
          message: "the name is reserved for a connection of type \"\(owner.type)\"")
      }
      guard let connection = registry.connection(type) else {
        if let home = StageRole.allCases.first(where: { registry.stage($0, type) != nil }) {
          issues.report(
            .wrongSection, at: member.value.member("type")?.value.position ?? member.position,
            path: path.appending("type"), message: "\"\(type)\" belongs under \"\(home.section)\"")
          continue
        }
        reportUnknownType(
          "connection", type, member.value, path, among: registry.connections.map { $0.type })
        continue
      }
      let (value, issues, references, effective) = make(connection, node, path)
      connectionOptions[member.name] = effective
      secrets += secrets(of: connection, in: node, at: path)
      self.issues.append(contentsOf: issues.map { $0.naming(type: type) })
      connectionReferences += references
      connections[member.name] = value
      connectionTypes[member.name] = type
      connectionOrder.append(member.name)
      connectionPositions[member.name] = member.position
    }
    for type in registry.connections {
      guard let name = type.implicitName, connectionTypes[name] == nil else { continue }
      let (value, _, _, _) = make(type, JSONNode([:]), OptionPath("connections", name))
      connections[name] = value
      connectionTypes[name] = type.type
    }
  }

  private func secrets<Made: Connection>(
    of type: Made.Type, in node: JSONNode, at path: OptionPath
  ) -> [SecretPlace] {
    Made.Options.options.secrets(in: node, at: path)
  }

  func make<Made: Connection>(
    _ type: Made.Type, _ node: JSONNode, _ path: OptionPath
  ) -> (any Connection, [ConfigIssue], [OptionReference], effective: JSONValue)
  where Made.Options: OptionGroup {
    let decoded = Made.Options.decode(node, at: path)
    let stand = decoded.value.map { Made($0) as any Connection }
    return (
      stand ?? UnusableConnection(), decoded.issues, decoded.references,
      decoded.effective
    )
  }
}

/// Stands for a connection whose options were refused; the plan is refused with it.
private struct UnusableConnection: Connection {
  static let type = "unusable"
  static let doc = "Stands for a connection whose options were refused."
  init(_ options: NoOptions) {}
  init() {}
  func open(_ context: StageContext) async throws {
    throw PipelineError("its options were refused")
  }
  func close() async {}
}
