import PatchbayJSON

/// The object that a group is decoded from.
struct OptionGroupInput {
  /// Where the object stands.
  let position: JSONPosition
  /// Its path.
  let path: OptionPath
  /// What the group declares.
  let description: OptionGroupDescription
  /// The members that the description doesn't know.
  let unknownMembers: [JSONNode.Member]
  private let members: [JSONNode.Member]

  /// Takes an object apart; nil if the value is none.
  init?(_ node: JSONNode, at path: OptionPath, _ description: OptionGroupDescription) {
    guard let members = node.members else { return nil }
    position = node.position
    self.path = path
    self.description = description
    self.members = members
    unknownMembers = members.filter { !description.understands($0.name) }
  }

  /// The members that set an option, under whatever name, in document order.
  func members(of option: OptionDescription) -> [JSONNode.Member] {
    members.filter { option.isCalled($0.name) }
  }

  /// The value that sets an option and its path, or nil if none does.
  ///
  /// A former name is reported, and so is every further member that sets the same option.
  func member(
    of option: OptionDescription, into issues: inout IssueList
  ) -> (JSONNode, OptionPath)? {
    let set = members(of: option)
    guard let first = set.first else { return nil }
    for other in set.dropFirst() {
      let name = first.name == other.name ? "" : " as \(first.name.quoted)"
      issues.report(
        .setTwice, at: other.position, path: path.appending(other.name),
        message: "is set twice; first in line \(first.position.line), "
          + "column \(first.position.column)\(name)")
    }
    if set.count == 1, first.name != option.name {
      issues.report(
        .renamedOption, .warning, at: first.position, path: path.appending(first.name),
        message: "is now called \(option.name.quoted)")
    }
    let member = set.first { $0.name == option.name } ?? first
    return (member.value, path.appending(member.name))
  }
}

extension OptionDescription {
  /// Whether the option has or had this name.
  func isCalled(_ name: String) -> Bool {
    name == self.name || formerNames.contains(name)
  }
}

extension OptionGroupDescription {
  /// Whether an option has or had this name.
  func understands(_ name: String) -> Bool {
    options.contains { $0.isCalled(name) }
  }
}

extension JSONNode {
  /// Makes a node that stands in for one that isn't there.
  init(_ value: JSONValue, at position: JSONPosition) {
    self.init(JSONNode(value).content, at: position, origin: .program)
  }

  /// The part of an array that indices lead to, with its path; a value that is no array counts as
  /// an array of itself.
  func descendant(at indices: [Int], from path: OptionPath) -> (JSONNode, OptionPath) {
    var node = self
    var path = path
    for index in indices {
      guard case .array(let elements) = node.content, elements.indices.contains(index) else {
        continue
      }
      node = elements[index]
      path = path.appending(index)
    }
    return (node, path)
  }
}
