import PatchbayCore
import PatchbayJSON

/// The one rule by which parts of a configuration are laid over each other: JSON Merge Patch
/// (RFC 7396).
///
/// Objects are merged member by member, null removes a member, and everything else, arrays too,
/// replaces what was there. Every value keeps the position it was written at.
///
/// A null in a profile or template means something only when that is laid over something else, so
/// it is kept until then.
struct JSONMerge {
  /// Nulls that had nothing to remove.
  private(set) var issues = IssueList()

  /// Lays an object over another.
  mutating func lay(
    _ patch: JSONNode, over base: JSONNode, at path: OptionPath = OptionPath()
  ) -> JSONNode {
    guard let changes = patch.members, let old = base.members else { return patch }
    // Removed ones leave a gap, so that the others stay where they were found.
    var members: [JSONNode.Member?] = old
    var offsets = Dictionary(
      old.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
    func append(_ member: JSONNode.Member) {
      offsets[member.name] = members.count
      members.append(member)
    }
    for change in changes {
      let path = path.appending(change.name)
      let index = offsets[change.name]
      if case .null = change.value.content {
        switch (index, path.waitingPart) {
        case (let index?, .profile): members[index] = change
        case (nil, .profile), (nil, .template): append(change)
        case (let index?, .template), (let index?, nil):
          members[index] = nil
          offsets[change.name] = nil
        case (nil, nil): reportNothingToRemove(change, path, among: members.compactMap { $0?.name })
        }
      } else if let index, let member = members[index] {
        members[index]?.value = lay(change.value, over: member.value, at: path)
      } else {
        append(JSONNode.Member(change.name, at: change.position, new(change.value, at: path)))
      }
    }
    return JSONNode(.object(members.compactMap(\.self)), at: base.position, origin: base.origin)
  }

  /// A value where there was none: nulls in it have nothing to remove.
  private mutating func new(_ node: JSONNode, at path: OptionPath) -> JSONNode {
    guard node.members != nil else { return node }
    let empty = JSONNode(.object([]), at: node.position, origin: node.origin)
    return lay(node, over: empty, at: path)
  }

  private mutating func reportNothingToRemove(
    _ change: JSONNode.Member, _ path: OptionPath, among names: @autoclosure () -> [String]
  ) {
    issues.report(
      .removesNothing, at: change.position, path: path,
      message: "null removes a member, and there is none of this name"
        + issues.suggestion(for: change.name, among: names()))
  }
}

/// A part of a configuration that is laid over something else later.
private enum WaitingPart {
  case profile
  case template
}

extension OptionPath {
  /// The profile or template that the path leads into, if it does.
  fileprivate var waitingPart: WaitingPart? {
    guard components.count > 2 else { return nil }
    return switch components[0] {
    case .name("profiles"): .profile
    case .name("templates"): .template
    case .name, .index: nil
    }
  }
}
