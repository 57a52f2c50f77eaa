package import PatchbayCore
package import PatchbayJSON

/// Compares a list with what a test says about it.
package enum ListMatch {
  package static func differences(
    _ expectation: ListExpectation, _ found: [JSONValue], at path: OptionPath
  ) -> [Difference] {
    var differences: [Difference] = []
    if let count = expectation.count, count != found.count {
      differences.append(
        Difference(path.appending("count"), "expected \(count), found \(found.count)"))
    }
    if let exactly = expectation.exactly?.map(\.node.value) {
      differences += compare(exactly, found, at: path.appending("exactly"))
    }
    var rest = found[...]
    for (index, wanted) in expectation.contains.map(\.node.value).enumerated() {
      if let place = rest.firstIndex(where: { PartialMatch.matches(wanted, $0) }) {
        rest = rest[(place + 1)...]
        continue
      }
      let isElsewhere = found.contains { PartialMatch.matches(wanted, $0) }
      differences.append(
        Difference(
          path.appending("contains").appending(index),
          "expected \(wanted.text())\(isElsewhere ? " in this order" : ""), found none",
          details: isElsewhere
            ? [] : nearest(to: wanted, in: rest.isEmpty ? found[...] : rest)))
    }
    for (index, unwanted) in expectation.lacks.map(\.node.value).enumerated() {
      guard let place = found.firstIndex(where: { PartialMatch.matches(unwanted, $0) }) else {
        continue
      }
      differences.append(
        Difference(
          path.appending("lacks").appending(index),
          "expected nothing like \(unwanted.text()), found entry \(place)"))
    }
    return differences
  }

  /// All entries in order: differences of entries if the counts agree, else a list with what is
  /// missing and what is too much.
  private static func compare(
    _ expected: [JSONValue], _ found: [JSONValue], at path: OptionPath
  ) -> [Difference] {
    if expected.count == found.count {
      return zip(expected, found).enumerated().flatMap { index, pair in
        PartialMatch.differences(pair.0, pair.1, at: path.appending(index))
      }
    }
    return [
      Difference(
        path, "expected \(expected.count) entries, found \(found.count)",
        details: aligned(expected, found))
    ]
  }

  /// Both lists beside each other: `-` is expected and missing, `+` is there and not expected.
  private static func aligned(_ expected: [JSONValue], _ found: [JSONValue]) -> [String] {
    var lines: [String] = []
    var place = 0
    for wanted in expected {
      if let next = found[place...].firstIndex(where: { PartialMatch.matches(wanted, $0) }) {
        lines += found[place..<next].map { "+ \($0.shortText)" }
        lines.append("  \(wanted.shortText)")
        place = next + 1
      } else {
        lines.append("- \(wanted.shortText)")
      }
    }
    lines += found[place...].map { "+ \($0.shortText)" }
    return lines.count > 40 ? lines.prefix(40) + ["  (\(lines.count - 40) more lines)"] : lines
  }

  /// The entry that differs least from what is wanted, with its differences.
  private static func nearest(to wanted: JSONValue, in found: ArraySlice<JSONValue>) -> [String] {
    let all = found.indices.prefix(200).map { index in
      (index, PartialMatch.differences(wanted, found[index], at: OptionPath()))
    }
    guard let best = all.min(by: { $0.1.count < $1.1.count }) else { return ["the list is empty"] }
    return ["nearest is entry \(best.0):"]
      + best.1.map { "  \($0.path.isEmpty ? "" : "\($0.path): ")\($0.message)" }
  }
}
