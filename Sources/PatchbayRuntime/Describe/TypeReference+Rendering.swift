import PatchbayCore
package import PatchbayJSON

extension TypeReference {
  /// The type for a terminal.
  package var text: String {
    var lines = ["\(type) (\(kind)) - \(doc)", "", options.help()]
    if !ports.isEmpty {
      lines.append("Ports: " + ports.map { "NAME.\($0)" }.joined(separator: ", ") + "\n")
    }
    if !metrics.isEmpty {
      lines.append("Metrics, for thresholds as NAME.METRIC:")
      lines += metrics.flatMap { ["  \($0.name)", "           \($0.doc)"] } + [""]
    }
    if kind == "injector" {
      lines.append("Metrics: injection.* and latencies, see `patchbay metrics`.\n")
    }
    lines += ["Smallest entry under \"\(section)\":", "  \"NAME\": \(example.text())", ""]
    return lines.joined(separator: "\n")
  }

  /// The type as a section of a Markdown page.
  package var markdown: String {
    var lines = ["### `\(type)` \(kind)", "", doc, ""]
    lines +=
      options.options.isEmpty ? ["It has no options.", ""] : [options.markdown()]
    if !metrics.isEmpty {
      lines += ["| Metric | Meaning |", "| --- | --- |"]
      lines += metrics.map { "| `\($0.name)` | \($0.doc) |" } + [""]
    }
    lines += ["```json", "{ \"\(section)\": { \"NAME\": \(example.text()) } }", "```", ""]
    return lines.joined(separator: "\n")
  }

  /// The type for programs.
  package var json: JSONValue {
    [
      "type": .string(type), "kind": .string(kind), "section": .string(section),
      "doc": .string(doc), "ports": .array(ports.map { .string($0) }),
      "options": options.json,
      "metrics": .array(metrics.map { ["name": .string($0.name), "doc": .string($0.doc)] }),
      "example": example,
      "schema": options.schemaDocument(title: "\(type) \(kind)"),
    ]
  }

  /// A page with every type.
  package static func page(_ types: [TypeReference]) -> String {
    let head = """
      # Stages and connections

      Made by `patchbay stages --format markdown`; `patchbay stages TYPE` prints one. How entries \
      are connected is in [config.md](../config.md).

      """
    let kinds = types.reduce(into: [String]()) { kinds, type in
      if !kinds.contains(type.section) { kinds.append(type.section) }
    }
    let sections = kinds.map { section in
      "## " + section.prefix(1).uppercased() + section.dropFirst() + "\n\n"
        + types.filter { $0.section == section }.map(\.markdown).joined(separator: "\n")
    }
    return head + "\n" + sections.joined(separator: "\n")
  }
}
