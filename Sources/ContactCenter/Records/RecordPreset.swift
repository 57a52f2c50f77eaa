import PatchbayCore
import PatchbayJSON

/// Options for a format that many centres have, by its name; `presets.json` holds them.
enum RecordPreset {
  /// All of them, in the order of the file.
  static let all: [JSONValue.Member] = {
    guard let all = try? JSONValue(parsing: PackageResources.presets_json).object else {
      // The file is a part of the program, and every test of presets reads it.
      preconditionFailure("presets.json is no JSON object")
    }
    return all
  }()

  /// The options of a name; nil if there is none of it.
  static func options(_ name: String) -> JSONValue? { all.first { $0.name == name }?.value }
}

/// The name of a preset.
struct PresetName: OptionValue {
  let name: String

  static var shape: OptionShape { .choice(RecordPreset.all.map { .init($0.name) }) }

  var json: JSONValue { .string(name) }

  static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> PresetName? {
    if case .string(let name) = node.content, RecordPreset.options(name) != nil {
      return PresetName(name: name)
    }
    let known = RecordPreset.all.map(\.name)
    let meant = node.value.string.flatMap { NearestName.of($0, among: known) }
    issues.reportMismatch(of: node, with: shape, at: path, meant: meant.map { .string($0) })
    return nil
  }
}

extension JSONNode {
  /// The options of a preset with those that stand beside its name laid over them, as JSON Merge Patch (RFC 7396)
  /// has it.
  func withPreset() -> JSONNode {
    guard let preset = member("preset"), case .string(let name) = preset.value.content,
      let options = RecordPreset.options(name)
    else { return self }
    return Self.merged(JSONNode(options).placed(at: preset.value.position), self)
  }

  private func placed(at position: JSONPosition) -> JSONNode {
    var node = self
    node.position = position
    switch content {
    case .object(let members):
      node.content = .object(
        members.map { .init($0.name, at: position, $0.value.placed(at: position)) })
    case .array(let elements):
      node.content = .array(elements.map { $0.placed(at: position) })
    case .null, .bool, .integer, .number, .string: break
    }
    return node
  }

  private static func merged(_ base: JSONNode, _ patch: JSONNode) -> JSONNode {
    guard let changes = patch.members else { return patch }
    var members = base.members ?? []
    // Of the forms of a union, one takes the place of another.
    if members.count == 1, changes.count == 1, members[0].name != changes[0].name { return patch }
    for change in changes {
      let place = members.firstIndex { $0.name == change.name }
      if case .null = change.value.content {
        if let place { members.remove(at: place) }
      } else if let place {
        members[place] = .init(
          change.name, at: change.position, merged(members[place].value, change.value))
      } else {
        members.append(change)
      }
    }
    return JSONNode(.object(members), at: patch.position, origin: patch.origin)
  }
}
