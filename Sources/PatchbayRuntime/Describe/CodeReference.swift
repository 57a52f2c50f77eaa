package import PatchbayCore
package import PatchbayJSON

extension ConfigIssue.Code {
  /// The kind of issue with that id, as `PB0104`, `pb0104` or `104`.
  package static func named(_ id: String) -> Self? {
    let digits = id.uppercased().hasPrefix("PB") ? String(id.dropFirst(2)) : id
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return all.first { $0.id == "PB" + padded }
  }

  /// What there is to know about it, for a terminal.
  package var explanation: String {
    var lines = ["\(id): \(title)", "", "Cause", "  \(cause)", "", "Cure", "  \(cure)"]
    if let example {
      lines += ["", "Wrong", "  \(example.wrong)", "", "Right", "  \(example.right)"]
    }
    return lines.flatMap { Self.wrapped($0, to: 80) }.joined(separator: "\n") + "\n"
  }

  /// The same for programs.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(id)), .init("title", .string(title)), .init("cause", .string(cause)),
      .init("cure", .string(cure)),
    ]
    if let example {
      members.append(
        .init(
          "example", ["wrong": .string(example.wrong), "right": .string(example.right)]))
    }
    return .object(members)
  }

  /// A page of kinds of issues.
  package static func page(_ codes: [Self]) -> String {
    let head = """
      # Diagnostics

      Made by `patchbay explain --format markdown`; `patchbay explain PB0104` prints one. Errors \
      refuse a configuration, warnings don't.

      """
    return head
      + codes.map { code in
        var lines = ["", "## \(code.id): \(code.title)", "", code.cause, "", code.cure, ""]
        if let example = code.example {
          lines += ["```", "wrong: \(example.wrong)", "right: \(example.right)", "```", ""]
        }
        return lines.joined(separator: "\n")
      }.joined()
  }

  private static func wrapped(_ line: String, to width: Int) -> [String] {
    let indent = String(line.prefix { $0 == " " })
    // Examples are shown as they are.
    guard line.count > width, !line.contains("{") else { return [line] }
    var lines: [String] = []
    var current = indent
    for word in line.split(separator: " ") {
      if current.count + word.count + 1 > width, current != indent {
        lines.append(current)
        current = indent
      }
      current += (current == indent ? "" : " ") + word
    }
    return lines + [current]
  }
}
