package import PatchbayCore
package import PatchbayJSON

/// Somebody else's words for states: the first of a state's words is written, all are read.
package struct StateWords: OptionValue {
  /// A state and its words.
  struct Entry: Sendable {
    let state: String
    let words: [String]
  }

  let entries: [Entry]

  private init(_ entries: [Entry]) { self.entries = entries }

  /// Their words are ours.
  static let none = StateWords([])

  package static var shape: OptionShape { .map(.oneOrMany(.string)) }

  package var json: JSONValue {
    .object(entries.map { .init($0.state, .array($0.words.map { .string($0) })) })
  }

  package static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> StateWords? {
    guard let members = node.members else {
      issues.reportMismatch(of: node, with: shape, at: path)
      return nil
    }
    var owners: [String: String] = [:]
    var entries: [Entry] = []
    for member in members {
      let place = path.appending(member.name)
      let nodes: [JSONNode] =
        if case .array(let elements) = member.value.content { elements } else { [member.value] }
      let words = nodes.compactMap { $0.value.string }.filter { !$0.isEmpty }
      if words.isEmpty || words.count < nodes.count {
        issues.report(
          .wrongType, at: member.value.position, path: place,
          message: "expected their word for the state, or an array of words")
        continue
      }
      for word in words {
        if let owner = owners.updateValue(member.name, forKey: word) {
          issues.report(
            .ruleViolated, at: member.value.position, path: place,
            message:
              "\(word.quoted) stands for \(owner.quoted) already; one word can't mean two states")
        }
      }
      entries.append(Entry(state: member.name, words: words))
    }
    return issues.hasErrors ? nil : StateWords(entries)
  }
}
