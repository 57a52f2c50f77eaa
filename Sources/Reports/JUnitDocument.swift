/// Results of tests as JUnit XML, for CI systems.
///
/// The layout is that of the schema which Jenkins' xUnit plugin publishes (`junit-10.xsd`); others
/// read it too.
public struct JUnitDocument: Sendable {
  /// A test and how it came out.
  public struct Case: Sendable {
    /// Its name.
    public var name: String
    /// How long it took, in nanoseconds.
    public var nanoseconds: Int64
    /// What went wrong, a line each; empty if it passed.
    public var problems: [String]
    /// What it printed.
    public var output: [String]
    /// What it belongs to, as `classname`; nil for its suite.
    public var group: String?
    /// Why it was left out; nil if it wasn't.
    public var skipped: String?

    /// Makes a case.
    public init(name: String, nanoseconds: Int64, problems: [String], output: [String] = []) {
      self.name = name
      self.nanoseconds = nanoseconds
      self.problems = problems
      self.output = output
    }
  }

  /// Tests that belong together.
  public struct Suite: Sendable {
    /// Its name, such as the file that the tests stand in.
    public var name: String
    /// The tests, in order.
    public var cases: [Case]

    /// Makes a suite.
    public init(name: String, cases: [Case]) {
      self.name = name
      self.cases = cases
    }

    var skipped: Int { cases.count { $0.skipped != nil } }
    var failures: Int { cases.count { !$0.problems.isEmpty } }
    var nanoseconds: Int64 { cases.reduce(0) { $0 + $1.nanoseconds } }
  }

  private let suites: [Suite]
  /// Whether the one suite is the document.
  private let isBare: Bool
  /// How long the whole took; nil for as long as its cases together.
  private let nanoseconds: Int64?

  /// Makes a document of suites, in their order.
  public init(_ suites: [Suite]) {
    self.suites = suites
    isBare = false
    nanoseconds = nil
  }

  /// Makes a document that is one suite, which Surefire's schema takes, too.
  ///
  /// - Parameters:
  ///   - suite: the suite.
  ///   - nanoseconds: how long it took as a whole.
  public init(_ suite: Suite, nanoseconds: Int64) {
    suites = [suite]
    isBare = true
    self.nanoseconds = nanoseconds
  }

  /// The document as text, in UTF-8 when written out.
  public var text: String {
    if isBare {
      let lines =
        [Self.declaration] + suites.flatMap { Self.lines(of: $0, nanoseconds, indent: "") }
      return lines.joined(separator: "\n") + "\n"
    }
    let tests = suites.reduce(0) { $0 + $1.cases.count }
    let failures = suites.reduce(0) { $0 + $1.failures }
    let time = Self.seconds(suites.reduce(0) { $0 + $1.nanoseconds })
    var lines = [
      Self.declaration,
      #"<testsuites name="patchbay" tests="\#(tests)" failures="\#(failures)" errors="0" "#
        + #"time="\#(time)">"#,
    ]
    for suite in suites { lines += Self.lines(of: suite, nil, indent: "  ") }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private static let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"#

  private static func lines(
    of suite: Suite, _ nanoseconds: Int64?, indent: String
  ) -> [String] {
    let name = escaped(suite.name)
    var lines = [
      #"\#(indent)<testsuite name="\#(name)" tests="\#(suite.cases.count)" failures="\#(suite.failures)" "#
        + #"errors="0" skipped="\#(suite.skipped)" time="\#(seconds(nanoseconds ?? suite.nanoseconds))">"#
    ]
    for test in suite.cases {
      let head =
        #"\#(indent)  <testcase name="\#(escaped(test.name))" classname="\#(test.group.map(escaped) ?? name)" "#
        + #"time="\#(seconds(test.nanoseconds))""#
      if let reason = test.skipped {
        lines.append(head + ">")
        lines.append(#"\#(indent)    <skipped message="\#(escaped(reason))"/>"#)
        lines.append("\(indent)  </testcase>")
        continue
      }
      guard let first = test.problems.first else {
        lines.append(head + "/>")
        continue
      }
      lines.append(head + ">")
      lines.append(
        #"\#(indent)    <failure message="\#(escaped(first))" type="expectation">"#
          + escaped(test.problems.joined(separator: "\n")) + "</failure>")
      if !test.output.isEmpty {
        lines.append(
          "\(indent)    <system-out>\(escaped(test.output.joined(separator: "\n")))</system-out>")
      }
      lines.append("\(indent)  </testcase>")
    }
    return lines + ["\(indent)</testsuite>"]
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    Formats.decimal(Double(nanoseconds) / 1e9, 3)
  }

  /// The text with what XML 1.0 can't hold replaced, and what it reacts to escaped.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\n", "\t": String(scalar)
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        String(scalar)
      default: "\u{FFFD}"
      }
    }.joined()
  }
}
