import PatchbayCore

/// The test cases of a run.
struct VerdictCases: Sendable {
  let all: [VerdictCase]

  init(_ report: RunReport, _ kinds: [CaseKind], _ tally: CaseTally) {
    let cases =
      kinds.flatMap { kind -> [VerdictCase] in
        switch kind {
        case .thresholds: Self.thresholds(report)
        case .transitions: Self.transitions(report)
        case .agents, .interactions: tally.cases(kind) + Self.rest(kind, tally)
        }
      } + Self.failures(report, kinds)
    // Before anything is escaped: a mask isn't markup.
    all = cases.map { test in
      var test = test
      test.name = KnownSecrets.masked(test.name)
      test.problems = test.problems.map(KnownSecrets.masked)
      return test
    }
  }

  private static func thresholds(_ report: RunReport) -> [VerdictCase] {
    report.thresholds.map { threshold in
      let was =
        threshold.value.map { "it was \($0.asFigure)" } ?? "there was nothing to compute it from"
      return VerdictCase(
        kind: .thresholds, name: "\(threshold.metric) \(threshold.condition)",
        status: threshold.passed ? .passed : .failed,
        problems: threshold.passed ? [] : ["expected \(threshold.condition); \(was)"])
    }
  }

  private static func transitions(_ report: RunReport) -> [VerdictCase] {
    report.stages.flatMap { stage in
      stage.findings.transitions.map { step in
        let isUnseen = step.isAllowed && step.count == 0
        return VerdictCase(
          kind: .transitions, name: "\(stage.name): \(step.from) -> \(step.to)",
          status: isUnseen ? .skipped : step.isAllowed ? .passed : .failed,
          problems: isUnseen
            ? ["it never happened"]
            : step.isAllowed ? [] : ["it is forbidden and happened \(step.count) times"])
      }
    }
  }

  /// Cases for which there was no room and that had something wrong with them.
  private static func rest(_ kind: CaseKind, _ tally: CaseTally) -> [VerdictCase] {
    guard let count = tally.untold[kind], count > 0 else { return [] }
    return [
      VerdictCase(
        kind: kind, name: "all others", status: .failed,
        problems: [
          "\(count) events of \(kind.rawValue) beyond \"most_cases\" had something wrong with them"
        ])
    ]
  }

  /// What failed beside any case: a run with such a failure must not look good.
  private static func failures(_ report: RunReport, _ kinds: [CaseKind]) -> [VerdictCase] {
    var problems = report.failures + report.leftovers
    if !report.events.isBalanced { problems.append("events are unaccounted for") }
    if report.events.emitted == 0 { problems.append("no source emitted an event") }
    if report.run.ending == .interrupted { problems.append("a signal ended the run") }
    // Lost thresholds are cases of their own, where they are asked for.
    let isToldElsewhere = report.exitCode == .threshold && kinds.contains(.thresholds)
    if problems.isEmpty, report.exitCode != .success, !isToldElsewhere {
      problems.append("exit code \(report.exitCode.rawValue): \(report.exitCode.meaning)")
    }
    return [
      VerdictCase(
        kind: .thresholds, name: "the run itself", status: problems.isEmpty ? .passed : .failed,
        problems: problems)
    ]
  }
}

extension Double {
  fileprivate var asFigure: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
