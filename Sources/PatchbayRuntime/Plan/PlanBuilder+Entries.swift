import PatchbayCore
import PatchbayJSON

/// What entries of stages and connections have in common.
extension PlanBuilder {
  mutating func objects(in section: String, of root: JSONNode) -> [JSONNode.Member] {
    guard let member = root.member(section) else { return [] }
    guard let members = member.value.members else {
      issues.report(
        .wrongType, at: member.value.position, path: OptionPath(section),
        message: "expected an object of names and options, found \(member.value.kind)")
      hasUnreadableSections = true
      return []
    }
    return members.filter { entry in
      if entry.value.members != nil { return true }
      issues.report(
        .wrongType, at: entry.value.position, path: OptionPath(section, entry.name),
        message: "expected an object, found \(entry.value.kind)")
      hasUnreadableSections = true
      return false
    }
  }

  mutating func checkName(_ member: JSONNode.Member, _ path: OptionPath) {
    if !member.name.isEntryName { issues.reportMalformedName(at: member.position, path: path) }
  }

  /// The type that an entry names, and its other members.
  mutating func takeType(
    _ node: JSONNode, _ path: OptionPath
  ) -> (String, JSONNode)? {
    guard let member = node.member("type") else {
      issues.report(
        .missingOption, at: node.position, path: path.appending("type"),
        message: "required option is missing: a type; `patchbay stages` lists them")
      return nil
    }
    guard case .string(let type) = member.value.content else {
      issues.report(
        .wrongType, at: member.value.position, path: path.appending("type"),
        message: "expected a string, found \(member.value.kind)")
      return nil
    }
    let rest = (node.members ?? []).filter { $0.name != "type" }
    return (type, JSONNode(.object(rest), at: node.position, origin: node.origin))
  }

  mutating func reportUnknownType(
    _ what: String, _ type: String, _ node: JSONNode, _ path: OptionPath, among types: [String]
  ) {
    guard let value = node.member("type")?.value else { return }
    let message =
      value.origin == .environment
      ? "there is no \(what) type of that name (it comes from a variable)"
      : "there is no \(what) type \(type.quoted)"
        + issues.suggestion(for: type, among: types)
    issues.report(
      .unknownType, at: value.position, path: path.appending("type"), message: message)
  }

}

extension ConfigIssue {
  /// The same issue; one about an option that resembles none says whose options there are.
  ///
  /// - Parameters:
  ///   - type: the type.
  ///   - common: names beside its options that may have been meant.
  func naming(type: String, or common: [String] = []) -> ConfigIssue {
    guard code == .unknownOption, path.components.count == 3, message == "unknown option" else {
      return self
    }
    var issue = self
    if case .name(let name) = path.components[2],
      let nearest = NearestName.of(name, among: common)
    {
      issue.message = "unknown option (did you mean \(nearest.quoted)?)"
      return issue
    }
    issue.message = "unknown option; `patchbay stages \(type)` lists those of \(type.quoted)"
    return issue
  }
}
