package import PatchbayCore
package import PatchbayJSON

/// Where the members of events stand in somebody else's objects, in the order in which they are written.
package struct MappedMembers: OptionValue {
  /// A member and its place.
  struct Entry: Sendable {
    /// Our name of it.
    let name: String
    /// Where it is: a path, or a column's name.
    let place: String
  }

  let entries: [Entry]

  private init(_ entries: [Entry]) { self.entries = entries }

  /// What help shows.
  static let example = MappedMembers([
    .init(name: EventMember.timestamp.rawValue, place: "at"),
    .init(name: EventMember.agentID.rawValue, place: "agent.id"),
    .init(name: EventMember.state.rawValue, place: "what"),
  ])

  package static var shape: OptionShape { .map(.string) }

  package var json: JSONValue { .object(entries.map { .init($0.name, .string($0.place)) }) }

  package static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> MappedMembers? {
    guard let members = node.members else {
      issues.reportMismatch(of: node, with: shape, at: path)
      return nil
    }
    var entries: [Entry] = []
    for member in members {
      let memberPath = path.appending(member.name)
      guard case .string(let place) = member.value.content, !place.isEmpty else {
        issues.report(
          .wrongType, at: member.value.position, path: memberPath,
          message: "expected where it stands: a path such as \"agent.id\", or a column's name")
        continue
      }
      let known = EventMember.allCases.map(\.rawValue)
      let isSet = { (name: String) in members.contains { $0.name == name } }
      if !known.contains(member.name),
        let meant = NearestName.of(member.name, among: known.filter { !isSet($0) })
      {
        issues.report(
          .ruleViolated, .warning, at: member.position, path: memberPath,
          message: "is taken as an attribute's name (did you mean \(meant.quoted)?)")
      }
      entries.append(Entry(name: member.name, place: place))
    }
    return issues.hasErrors ? nil : MappedMembers(entries)
  }
}
