import PatchbayCore
import PatchbayJSON

/// The one rule by which parts of a configuration are laid over each other: JSON Merge Patch
/// (RFC 7396).
///
/// Objects are merged member by member, null removes a member, and everything else, arrays too,
/// replaces what was there. Every value keeps the position it was written at.
struct JSONMerge {
  /// Nulls that had nothing to remove.
  private(set) var issues = IssueList()

  /// Lays an object over another.
  mutating func lay(
    _ patch: JSONNode, over base: JSONNode, at path: OptionPath = OptionPath()
  ) -> JSONNode {
    guard let changes = patch.members, var members = base.members else { return patch }
    for change in changes {
      let path = path.appending(change.name)
      let index = members.firstIndex { $0.name == change.name }
      if case .null = change.value.content {
        if let index {
          members.remove(at: index)
        } else {
          reportNothingToRemove(change, path, among: members)
        }
      } else if let index {
        members[index].value = lay(change.value, over: members[index].value, at: path)
      } else {
        members.append(change)
      }
    }
    return JSONNode(.object(members), at: base.position, origin: base.origin)
  }

  private mutating func reportNothingToRemove(
    _ change: JSONNode.Member, _ path: OptionPath, among members: [JSONNode.Member]
  ) {
    let nearest = NearestName.of(change.name, among: members.map(\.name))
    issues.report(
      .removesNothing, at: change.position, path: path,
      message: "null removes a member, and there is none of this name"
        + (nearest.map { " (did you mean \"\($0)\"?)" } ?? ""))
  }
}
