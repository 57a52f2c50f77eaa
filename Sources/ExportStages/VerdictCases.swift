import PatchbayCore

/// What counts as a test case of a run.
enum CaseKind: String, OptionChoice {
  case thresholds
  case transitions
  case agents
  case interactions

  var doc: String {
    switch self {
    case .thresholds: "each threshold"
    case .transitions:
      "each transition of a state machine: one that it forbids failed, one that it allows and that never "
        + "happened was skipped"
    case .agents:
      "each agent of whom events came to the sink; the events that weren't accepted, or that a "
        + "correlator objects to, are its problems"
    case .interactions: "each interaction of which events came to the sink, likewise"
    }
  }
}

/// A test case of a run, and how it came out.
struct VerdictCase: Sendable {
  enum Status: String, Sendable {
    case passed
    case failed
    case skipped
  }

  let kind: CaseKind
  var name: String
  var status: Status
  /// What went wrong, or why it was skipped, a line each.
  var problems: [String]
  /// From its first event to its last on the run's clock; nil where that says nothing.
  var nanoseconds: Int64?
}

/// Collects what came of agents and interactions, in bounded memory.
struct CaseTally: Sendable {
  /// How many problems of a case are named.
  private static let mostProblems = 20

  private struct Entry: Sendable {
    let number: Int
    var first: Timestamp
    var last: Timestamp
    var problems: [String] = []
    var others = 0
  }

  private let kinds: Set<CaseKind>
  private let most: Int
  private var entries: [CaseKind: [EntityKey: Entry]] = [:]
  /// Those for which there was no room.
  private(set) var untold: [CaseKind: Int] = [:]

  /// - Parameters:
  ///   - kinds: what is collected.
  ///   - most: how many cases of a kind there may be.
  init(_ kinds: [CaseKind], most: Int) {
    self.kinds = Set(kinds).intersection([.agents, .interactions])
    self.most = most
  }

  mutating func add(_ batch: borrowing EventBatch) {
    if kinds.isEmpty { return }
    for index in batch.indices {
      let event = batch[index]
      let problem = Self.problem(index, of: batch)
      if kinds.contains(.agents) {
        add(.agents, batch.key(event.agent), event, problem)
      }
      if kinds.contains(.interactions) {
        add(.interactions, batch.key(event.interaction), event, problem)
      }
    }
  }

  private mutating func add(
    _ kind: CaseKind, _ key: EntityKey, _ event: Event, _ problem: String?
  ) {
    if key == .text("") { return }
    let time = event.has(.timestamp) ? event.timestamp : event.intended
    let count = entries[kind]?.count ?? 0
    var entry = entries[kind]?[key]
    if entry == nil {
      guard count < most else {
        if problem != nil { untold[kind, default: 0] += 1 }
        return
      }
      entry = Entry(number: count, first: time, last: time)
    }
    guard var entry else { return }
    entry.first = min(entry.first, time)
    entry.last = max(entry.last, time)
    if let problem {
      if entry.problems.count < Self.mostProblems {
        entry.problems.append(problem)
      } else {
        entry.others += 1
      }
    }
    entries[kind, default: [:]][key] = entry
  }

  /// What is wrong with an event; nil if nothing is.
  private static func problem(_ index: Int, of batch: borrowing EventBatch) -> String? {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    var words: [String] = []
    switch outcome.kind {
    case .undecided, .accepted: break
    case .rejected, .failed, .unknown:
      let reason = batch.text(outcome.reason)
      words.append("\(outcome.kind.name)\(reason.isEmpty ? "" : ": \(OutsideText.shown(reason))")")
    }
    if let origin = batch.forbiddenOrigin(of: event) {
      words.append(
        "the state machine forbids \(origin.visible) -> \(batch.state(of: event).visible)")
    } else if !event.findings.isEmpty {
      words.append(event.findings.names.joined(separator: ", ").replacing("_", with: " "))
    }
    if words.isEmpty { return nil }
    return "\(batch.sequenceID(of: event).visible) (\(batch.state(of: event).visible)): "
      + words.joined(separator: "; ")
  }

  /// The cases of a kind, in the order in which they came.
  func cases(_ kind: CaseKind) -> [VerdictCase] {
    (entries[kind] ?? [:]).sorted { $0.value.number < $1.value.number }.map { key, entry in
      let others = entry.others > 0 ? ["\(entry.others) more"] : []
      return VerdictCase(
        kind: kind, name: key.text.visible, status: entry.problems.isEmpty ? .passed : .failed,
        problems: entry.problems + others,
        nanoseconds: entry.last.nanosecondsSince(entry.first))
    }
  }
}

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
