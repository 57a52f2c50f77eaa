import PatchbayCore

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
