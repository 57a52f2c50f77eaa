import HTTPDelivery
import PatchbayCore
import PatchbayJSON

/// One event of a call: what is to be said of it, how far that is, and what came of it.
struct InjectionItem {
  /// Whom it is about; nil if the platform can't know them.
  let subject: PlatformStep.Subject?
  /// By whom it depends on events before it.
  let keys: [EntityKey]
  /// What is to be said; nil until what comes before it is done.
  var steps: [PlatformStep]?
  /// How many of the steps the platform has accepted.
  private(set) var accepted = 0
  /// How often the step under way was refused for now.
  private(set) var tries = 0
  /// Whether the step under way may have landed without an answer.
  var mayHaveLanded = false
  /// Whether it was refused together with others, and is sent alone from now on.
  var goesAlone = false
  private var ending: (kind: Outcome.Kind, code: String, reason: String)?
  private var status = 0
  private var attempts = 0
  private var ledger = TimeLedger()

  /// - Parameter readsContact: whether it matters who calls.
  init(_ event: Event, in batch: EventBatch, readsContact: Bool) {
    keys = [batch.key(event.agent), batch.key(event.interaction)].filter { $0 != .text("") }
    var subject = Self.subject(of: event)
    if readsContact, !event.attributes.isEmpty {
      let attributes = try? JSONValue(parsing: Array(batch.bytes(event.attributes)))
      subject?.contact = attributes.map { PlatformStep.Contact($0) }
    }
    self.subject = subject
    if subject == nil {
      end(
        .failed, "agent_id.not_uuid", "the platform knows agents and interactions by UUID alone")
    }
  }

  private static func subject(of event: Event) -> PlatformStep.Subject? {
    guard case .uuid(let agent) = event.agent else { return nil }
    switch event.interaction {
    case .uuid(let interaction):
      return .init(agent: agent, interaction: interaction, time: event.timestamp)
    case .missing: return .init(agent: agent, interaction: nil, time: event.timestamp)
    case .text: return nil
    }
  }

  /// Whether it is known what became of it.
  var isDone: Bool { ending != nil }

  /// The step whose turn it is.
  var step: PlatformStep? {
    guard let steps, accepted < steps.count else { return nil }
    return steps[accepted]
  }

  /// What its end would be if it failed now.
  var failure: Outcome.Kind { mayHaveLanded ? .unknown : .failed }

  // MARK: Getting on

  /// Takes in how a request went that carried it.
  mutating func add(_ exchange: Exchange) {
    attempts += exchange.attempts
    status = exchange.status
    mayHaveLanded = mayHaveLanded || exchange.mayHaveLanded
    ledger.add(exchange.ledger)
  }

  /// Takes in a wait between two requests; nothing before the first.
  mutating func addBackoff(from start: Timestamp, to end: Timestamp) {
    guard ledger.due != nil else { return }
    ledger.book(start, as: \.own)
    ledger.book(end, as: \.backoff)
  }

  /// The step under way was refused for now.
  mutating func addTry() { tries += 1 }

  /// Goes on to the next step; after the last it is accepted.
  mutating func accept() {
    accepted += 1
    tries = 0
    mayHaveLanded = false
    if accepted == steps?.count { end(.accepted) }
  }

  mutating func fail(_ code: String, _ reason: String) {
    let prefix =
      accepted == 0
      ? "" : "\(accepted) of \(steps?.count ?? accepted) platform events accepted, then: "
    end(failure, code, prefix + reason)
  }

  mutating func end(_ kind: Outcome.Kind, _ code: String = "", _ reason: String = "") {
    ending = (kind, code, reason)
  }

  /// Writes what became of it into the call's batch.
  func judge(_ index: Int, of batch: inout EventBatch) {
    let (kind, code, reason) = ending ?? (.failed, "not_sent", "it was never sent")
    var outcome = Outcome(
      kind, status: UInt16(clamping: status), attempts: UInt16(clamping: attempts))
    outcome.timings = ledger.timings(since: batch[index].intended)
    if kind == .accepted {
      batch.judge(index, outcome, attempts: ledger.attempts)
    } else {
      batch.judge(index, outcome, code: code, reason: reason, attempts: ledger.attempts)
    }
  }
}
