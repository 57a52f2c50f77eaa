import PatchbayJSON

extension OptionReader {
  /// Declares an object with options of its own; without it, their defaults hold.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - type: the group's type; usually the property says it. It can't contain itself this way:
  ///     use `optional` or `list` for a group inside itself.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what the options are about, in one sentence.
  public mutating func group<Group: OptionGroup>(
    _ name: String, _ type: Group.Type = Group.self, formerly formerNames: [String] = [],
    doc: String
  ) -> Group {
    precondition(
      !DescribedGroups.contains(Group.self), "\(Group.self) contains itself without an end")
    return nested(name, formerNames, doc, Group.describe()) { Group(from: &$0) }
  }

  /// Declares an object with options of its own, without a type: the closure reads them.
  ///
  /// It runs under the same rules as `OptionGroup.init(from:)`. A group whose defaults depend on
  /// where it stands is declared this way too: `{ Backoff(from: &$0, attempts: 8) }`.
  ///
  /// - Parameters:
  ///   - name: the name in the configuration, in snake case; the property's name.
  ///   - formerNames: names it once had, still understood with a warning.
  ///   - doc: what the options are about, in one sentence.
  ///   - body: reads the options.
  public mutating func group<Group>(
    _ name: String, formerly formerNames: [String] = [], doc: String,
    _ body: (inout OptionReader) -> Group
  ) -> Group {
    nested(name, formerNames, doc, OptionReader.describe(name: name, body), body)
  }

  private mutating func nested<Group>(
    _ name: String, _ formerNames: [String], _ doc: String, _ described: Described<Group>,
    _ body: (inout OptionReader) -> Group
  ) -> Group {
    let description = described.description
    let option = OptionDescription(
      name, formerly: formerNames, doc: doc, .group(description),
      description.hasRequiredOptions
        ? .required(example: description.exampleConfiguration()) : .defaulted([:]))
    var group = described.standIn
    _ = take(option, [], substitute: [:]) { node, path in
      let result = OptionReader.decode(node, at: path, described, body)
      group = result.group
      return result.decoded.map { _ in }
    }
    return group
  }
}
