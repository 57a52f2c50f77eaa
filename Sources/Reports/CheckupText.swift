public import PatchbayCore
public import PatchbayJSON

/// What a checkup found, as text for a terminal or a log.
public struct CheckupText {
  private let report: CheckupReport

  /// Makes the text of a report.
  public init(_ report: CheckupReport) {
    self.report = report
  }

  /// The whole text; every line ends with a line break.
  public var text: String {
    var lines: [String] = []
    let width = report.entries.flatMap(\.checks).map(\.subject.count).max() ?? 0
    for entry in report.entries {
      lines.append("\(entry.path)  \(entry.type)")
      for check in entry.checks {
        let pad = String(repeating: " ", count: width - check.subject.count)
        lines.append("  \(Self.mark(check.verdict)) \(check.subject)\(pad)  \(check.finding)")
        if let cure = check.cure {
          lines.append("    \(String(repeating: " ", count: width))  -> \(cure)")
        }
      }
      lines.append("")
    }
    if !report.unexamined.isEmpty {
      lines.append("Not looked at: \(report.unexamined.joined(separator: ", "))")
    }
    lines.append(summary)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func mark(_ verdict: Check.Verdict) -> String {
    switch verdict {
    case .good: "✓"
    case .doubtful: "!"
    case .bad: "✗"
    case .unchecked: "?"
    }
  }

  private var summary: String {
    Check.Verdict.allCases.map { "\(report.count($0)) \($0.rawValue)" }.joined(separator: ", ")
  }
}

extension CheckupReport {
  /// The report as JSON, for programs.
  public var json: JSONValue {
    [
      "entries": .array(
        entries.map { entry in
          [
            "path": .string(entry.path), "type": .string(entry.type),
            "checks": .array(entry.checks.map(\.json)),
          ]
        }),
      "unexamined": .array(unexamined.map { .string($0) }),
    ]
  }
}

extension Check {
  fileprivate var json: JSONValue {
    [
      "subject": .string(subject), "verdict": .string(verdict.rawValue),
      "finding": .string(finding), "cure": cure.map { .string($0) } ?? .null,
    ]
  }
}
