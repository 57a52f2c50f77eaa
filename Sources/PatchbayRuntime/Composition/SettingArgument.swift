import PatchbayCore
import PatchbayJSON

/// A value given on the command line: `sources.desk.agents=10`.
///
/// Names stand between dots; one that isn't made of letters, digits, `_` and `-` stands in quotes
/// and brackets, as messages show it: `sinks.qa.headers["X-Run"]=7`. Under `thresholds` the rest of
/// the path is one metric's name. The value is JSON if it can be read as such, else a string.
struct SettingArgument {
  /// An argument that can't be understood.
  struct Malformed: Error {
    let issue: ConfigIssue
  }

  /// The value inside the objects that lead to it.
  let patch: JSONNode
  private let names: [String]

  init(_ text: String, source: Int) throws(Malformed) {
    var rest = text[...]
    var names: [String] = []
    repeat {
      guard let name = Self.takeName(&rest, isMetric: names == ["thresholds"]) else {
        throw Self.malformed(text, source)
      }
      names.append(name)
      if rest.first == "." { rest = rest.dropFirst() }
    } while rest.first != "=" && !rest.isEmpty
    guard rest.first == "=", text.dropLast(rest.count).last != "." else {
      throw Self.malformed(text, source)
    }
    let value = String(rest.dropFirst())
    let column = text.unicodeScalars.count - value.unicodeScalars.count + 1
    let position = JSONPosition(line: 1, column: column, source: source)
    let parsed = try Self.read(value, at: position)
    self.names = names
    let start = JSONPosition(line: 1, column: 1, source: source)
    patch = names.reversed().reduce(JSONNode(parsed).moved(to: position)) { node, name in
      JSONNode(.object([.init(name, at: start, node)]), at: start)
    }
  }

  /// The value as JSON, or as it stands; what starts like JSON must be some.
  private static func read(_ text: String, at position: JSONPosition) throws(Malformed) -> JSONValue
  {
    do {
      return try JSONValue(parsing: text)
    } catch {
      guard let first = text.first, "{[\"".contains(first) else { return .string(text) }
      throw Malformed(
        issue: ConfigIssue(
          .malformedSetting,
          at: JSONPosition(
            line: 1, column: position.column + error.position.column - 1, source: position.source),
          path: OptionPath(), message: "the value isn't JSON: \(error.message)"))
    }
  }

  /// What is wrong with setting it there: an option of an entry that doesn't exist.
  func objection(in root: JSONNode) -> ConfigIssue? {
    let sections = ["connections"] + StageRole.allCases.map(\.section)
    guard names.count > 2, sections.contains(names[0]) else { return nil }
    let entries = root.member(names[0])?.value.members?.map(\.name) ?? []
    if entries.contains(names[1]) { return nil }
    let nearest = NearestName.of(names[1], among: entries)
    return ConfigIssue(
      .malformedSetting, at: patch.position, path: OptionPath(names[0], names[1]),
      message: "there is none of this name"
        + (nearest.map { " (did you mean \($0.quoted)?)" }
          ?? "; a new one goes into a file that includes this one"))
  }

  /// The next name of a path, without the dot behind it.
  private static func takeName(_ rest: inout Substring, isMetric: Bool) -> String? {
    if isMetric, !rest.hasPrefix("[\"") {
      // Between braces there is a label: `latency.p99{state=on_queue}`.
      var isLabel = false
      let name = rest.prefix { character in
        if character == "{" { isLabel = true }
        if character == "}" { isLabel = false }
        return isLabel || character != "="
      }
      rest = rest[name.endIndex...]
      return name.isEmpty ? nil : String(name)
    }
    if rest.hasPrefix("[\"") {
      guard let end = rest.firstRange(of: "\"]")?.upperBound,
        let name = try? JSONValue(parsing: String(rest[..<end].dropFirst().dropLast())).string
      else { return nil }
      rest = rest[end...]
      return rest.first.map { "=.[".contains($0) } ?? false ? name : nil
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "$" }
    rest = rest[name.endIndex...]
    guard let next = rest.first, !name.isEmpty else { return nil }
    return "=.[".contains(next) ? String(name) : nil
  }

  private static func malformed(_ text: String, _ source: Int) -> Malformed {
    // Not the text: a secret may stand behind the equals sign.
    let hasSign = text.contains("=")
    return Malformed(
      issue: ConfigIssue(
        .malformedSetting, at: JSONPosition(line: 1, column: 1, source: source),
        path: OptionPath(),
        message: hasSign
          ? "the path before \"=\" must be names with dots between them, such as "
            + "sources.desk.agents; list elements can't be set one by one"
          : "expected a path and a value such as sources.desk.agents=10, found no \"=\""))
  }
}
