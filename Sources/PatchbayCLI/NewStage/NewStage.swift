import ArgumentParser
import PatchbayCore

/// A stage that doesn't exist yet: its names and files.
struct NewStage {
  let role: StageRole
  /// The module, and the stage's Swift type: `SlackSink`.
  let module: String
  /// The name in a configuration: `slack`.
  let type: String

  /// Names a stage after what the user calls it.
  ///
  /// - Throws: `ValidationError` if that can't be the name of a Swift type.
  init(_ role: StageRole, named name: String) throws {
    let noun = role.rawValue.prefix(1).uppercased() + role.rawValue.dropFirst()
    let stem = name.hasSuffix(noun) ? String(name.dropLast(noun.count)) : name
    let isName =
      (1...60).contains(stem.utf8.count) && stem.first?.isUppercase == true
      && stem.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: false
        }
      }
    guard isName else {
      throw ValidationError(
        "a stage's name is 1 to 60 ASCII letters and digits and starts with a capital, such as "
          + "Slack\(noun); found \"\(name)\"")
    }
    self.role = role
    module = stem + noun
    type = Self.kebab(stem)
  }

  /// `JSONLines` becomes `json-lines`.
  private static func kebab(_ name: String) -> String {
    var text = ""
    let letters = Array(name)
    for (index, letter) in letters.enumerated() {
      let follows = index > 0 && !letters[index - 1].isUppercase
      let starts =
        index > 0 && letters[index - 1].isUppercase && index + 1 < letters.count
        && letters[index + 1].isLowercase
      if letter.isUppercase, follows || starts { text += "-" }
      text += letter.lowercased()
    }
    return text
  }

  /// Everything that is written into its folder.
  var files: [NewFiles.File] {
    let template = StageTemplate.of(role)
    return [
      .init(name: "PluginEntry.swift", text: fill(StageTemplate.entry)),
      .init(name: "\(module).swift", text: fill(template.source)),
      .init(name: "example.json", text: fill(template.example)),
      .init(name: "Tests/\(module)Tests.swift", text: fill(template.tests)),
    ]
  }

  /// How a configuration uses it.
  var snippet: String { fill(StageTemplate.of(role).snippet) }

  private func fill(_ text: String) -> String {
    text.replacing("MODULE", with: module).replacing("TYPE", with: type)
  }
}
