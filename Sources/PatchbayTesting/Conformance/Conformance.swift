public import PatchbayCore
public import PatchbayJSON

/// Checks that a stage keeps the contract of its role.
///
/// One line in a test; the answer is what is wrong, nothing for a sound stage:
///
/// ```swift
/// #expect(await Conformance(MySink.self, options: ["path": "x"]).problems() == [])
/// ```
///
/// Every role checks the declaration first: the type's name, its sentence and metrics, the options'
/// own soundness, that what takes effect decodes to the same again, and that an unknown option is
/// refused. What else is checked stands at each role's `problems`.
public struct Conformance<Subject: Stage>: Sendable {
  /// The options that the stage is made from, as in a configuration.
  public var options: JSONValue
  /// What the stage may read as its input.
  public var input: [UInt8] = []
  /// The connections that it may ask for, by name; opened before it and closed after it.
  public var connections: [String: any Connection] = [:]
  /// How long, in real time, anything may take before it counts as hanging.
  public var patience = Duration.seconds(60)
  /// What modules beside the core hand to the stage, such as `values.network` of HTTPDelivery.
  public var values = RunValues()

  /// Makes the checks of a type.
  ///
  /// - Parameters:
  ///   - type: the stage's type.
  ///   - options: the options that it is made from.
  public init(_ type: Subject.Type, options: JSONValue = [:]) {
    self.options = options
  }

  /// What is wrong with the declaration, and the options if they are understood.
  func checkDeclaration(_ problems: inout [String]) -> Subject.Options? {
    if Subject.type.isEmpty || !Subject.type.utf8.allSatisfy({ Self.isLower($0) || $0 == 0x2D }) {
      problems.append("type: \"\(Subject.type)\" is no lower-case kebab noun such as \"call-log\"")
    }
    if !Subject.doc.hasSuffix(".") || Subject.doc.contains("\n") {
      problems.append("doc: \"\(Subject.doc)\" is no sentence with a full stop on one line")
    }
    checkMetrics(&problems)
    problems += Subject.Options.declarationProblems().map { "options: \($0)" }
    let decoded = Subject.Options.decode(JSONNode(options), at: OptionPath())
    guard let value = decoded.value else {
      problems += decoded.issues.map { "the options of the check are refused: \($0.text)" }
      return nil
    }
    let again = Subject.Options.decode(JSONNode(decoded.effective), at: OptionPath())
    if again.effective != decoded.effective || again.issues.hasErrors {
      problems.append(
        "options: \(decoded.effective.text()) takes effect, and decodes to "
          + "\(again.effective.text()): \(again.issues.map(\.text))")
    }
    let unknown = JSONValue.object((options.object ?? []) + [.init("no_such_option", true)])
    if !Subject.Options.decode(JSONNode(unknown), at: OptionPath()).issues.hasErrors {
      problems.append("options: the unknown option \"no_such_option\" is accepted")
    }
    return value
  }

  private func checkMetrics(_ problems: inout [String]) {
    var seen: Set<String> = []
    for metric in Subject.metrics + Subject.distributions {
      if metric.name.isEmpty || !metric.name.utf8.allSatisfy({ Self.isSnake($0) }) {
        problems.append("metrics: \"\(metric.name)\" isn't lower-case snake_case")
      }
      if !metric.doc.hasSuffix(".") {
        problems.append("metrics: \(metric.name) has no sentence that says what it counts")
      }
      if !seen.insert(metric.name).inserted {
        problems.append("metrics: \(metric.name) is declared twice")
      }
    }
  }

  /// What is wrong with what the stage found.
  func check(_ findings: Findings, _ problems: inout [String]) {
    let declared = Set(Subject.metrics.map(\.name))
    for metric in findings.metrics {
      if !declared.contains(metric.name) {
        problems.append("findings: the metric \(metric.name) isn't declared in `metrics`")
      }
      if !metric.value.isFinite {
        problems.append("findings: the metric \(metric.name) is \(metric.value)")
      }
    }
    for table in findings.tables
    where table.rows.contains(where: { $0.count != table.columns.count }) {
      problems.append("findings: a row of \"\(table.title)\" isn't as long as its columns")
    }
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSnake(_ byte: UInt8) -> Bool { isLower(byte) || byte == UInt8(ascii: "_") }
}

extension [ConfigIssue] {
  /// Whether any refuses the options.
  fileprivate var hasErrors: Bool { contains { $0.severity == .error } }
}
