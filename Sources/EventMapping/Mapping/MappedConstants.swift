package import PatchbayCore
package import PatchbayJSON

/// Members of somebody else's objects that always have the same value.
package struct MappedConstants: OptionValue {
  /// A member and its value.
  struct Entry: Sendable {
    let path: ValuePath
    let text: String
    let value: JSONValue
  }

  let entries: [Entry]

  private init(_ entries: [Entry]) { self.entries = entries }

  /// No such member.
  static let none = MappedConstants([])

  package static var shape: OptionShape { .map(.any) }

  package var json: JSONValue { .object(entries.map { .init($0.text, $0.value) }) }

  package static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> MappedConstants? {
    guard let members = node.members else {
      issues.reportMismatch(of: node, with: shape, at: path)
      return nil
    }
    var entries: [Entry] = []
    for member in members {
      guard let place = ValuePath(member.name), place.names != nil else {
        issues.report(
          .ruleViolated, at: member.position, path: path.appending(member.name),
          message: "must be a path of names, such as \"meta.version\"")
        continue
      }
      entries.append(Entry(path: place, text: member.name, value: member.value.value))
    }
    return issues.hasErrors ? nil : MappedConstants(entries)
  }
}
