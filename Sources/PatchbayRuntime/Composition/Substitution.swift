import PatchbayCore
import PatchbayJSON

/// Puts environment variables into the string values of a configuration.
///
/// `${NAME}` is the variable's value; `${NAME:-default}` the default where it is unset or empty, as
/// in a shell. `$${` stands for a literal `${`. Names of members are left alone.
struct Substitution {
  private let variables: [String: String]
  private(set) var issues = IssueList()
  /// Every variable that was asked for, in document order.
  private(set) var uses: [VariableUse] = []

  init(variables: [String: String]) {
    self.variables = variables
  }

  mutating func apply(to node: JSONNode, at path: OptionPath = OptionPath()) -> JSONNode {
    switch node.content {
    case .string(let text):
      return substitute(text, in: node, at: path)
    case .array(let elements):
      var changed = elements
      for index in elements.indices {
        changed[index] = apply(to: elements[index], at: path.appending(index))
      }
      return JSONNode(.array(changed), at: node.position, origin: node.origin)
    case .object(let members):
      var changed = members
      for index in members.indices {
        changed[index].value = apply(
          to: members[index].value, at: path.appending(members[index].name))
      }
      return JSONNode(.object(changed), at: node.position, origin: node.origin)
    case .null, .bool, .integer, .number:
      return node
    }
  }

  private mutating func substitute(
    _ text: String, in node: JSONNode, at path: OptionPath
  ) -> JSONNode {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return node }
    var result = ""
    var origin = node.origin
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        result += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        origin = .environment
        guard let end = rest.firstIndex(of: "}") else {
          issues.report(
            .malformedVariable, at: node.position, path: path,
            message: "\"${\" has no closing \"}\"; write \"$${\" for a literal \"${\"")
          return JSONNode(.string(text), at: node.position, origin: .environment)
        }
        result += value(of: rest[rest.index(rest.startIndex, offsetBy: 2)..<end], node, path)
        rest = rest[rest.index(after: end)...]
      } else {
        result += "$"
        rest = rest.dropFirst()
      }
    }
    result += rest
    return JSONNode(.string(result), at: node.position, origin: origin)
  }

  private mutating func value(
    of expression: Substring, _ node: JSONNode, _ path: OptionPath
  ) -> String {
    let name = expression.prefix { $0 != ":" }
    let fallback = expression.dropFirst(name.count)
    guard Self.isName(name), fallback.isEmpty || fallback.hasPrefix(":-") else {
      issues.report(
        .malformedVariable, at: node.position, path: path,
        message: Self.isName(name)
          ? "\"${\(name)\" must be followed by \"}\" or \":-\"; write ${\(name):-default}"
          : "\"${\" must be followed by a variable's name; write ${NAME} or ${NAME:-default}, "
            + "and \"$${\" for a literal \"${\"")
      return ""
    }
    if fallback.contains("${") {
      issues.report(
        .malformedVariable, at: node.position, path: path,
        message: "variables can't be nested: the default of ${\(name)} holds another \"${\"")
      return ""
    }
    let value = variables[String(name)] ?? ""
    uses.append(
      VariableUse(
        variable: String(name), path: path, position: node.position, isSet: !value.isEmpty,
        hasDefault: !fallback.isEmpty))
    if String(name).soundsSecret { KnownSecrets.add(value) }
    if !value.isEmpty || variables[String(name)] != nil && fallback.isEmpty { return value }
    if fallback.isEmpty {
      issues.report(
        .unsetVariable, at: node.position, path: path,
        message: "the environment variable \(name) is not set; "
          + "set it or write ${\(name):-default}")
      return ""
    }
    let text = String(fallback.dropFirst(2))
    KnownSecrets.exempt(text)
    return text
  }

  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }
  }
}
