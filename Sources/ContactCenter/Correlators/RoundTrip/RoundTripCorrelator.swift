package import PatchbayCore

/// Pairs what was injected with what the target then showed of it.
///
/// What an injector has accepted counts as sent, what nobody has judged as observed: the one comes from an
/// injector, the other from a source that watches the target. They are paired by agent, interaction and state.
package struct RoundTripCorrelator: Correlator {
  package static let type = "round-trip"
  package static let doc =
    "Pairs what was injected with what was then observed: how long it took, what was lost, doubled or "
    + "out of order."
  package static let metrics = [
    MetricDeclaration("matched", doc: "Events that were injected and observed."),
    MetricDeclaration("lost", doc: "Events that weren't observed within the deadline."),
    MetricDeclaration("late", doc: "Of those that were lost, events that came after all."),
    MetricDeclaration(
      "unexpected", doc: "Observations of what wasn't injected within the deadline."),
    MetricDeclaration("duplicated", doc: "Observations whose sequence_id had come before."),
    MetricDeclaration(
      "reordered",
      doc: "Events observed after one that was injected later, of the same agent and interaction."),
    MetricDeclaration(
      "open", doc: "Events and observations whose deadline hadn't come at the end."),
  ]
  package static let distributions = [
    MetricDeclaration("round_trip", doc: "From when an event was sent to when it was observed."),
    MetricDeclaration(
      "end_to_end", doc: "From when an event was meant to be sent to when it was observed."),
  ]

  /// The options.
  package struct Options: OptionGroup {
    let deadline: Duration
    let states: [String]
    let untimed: [String]
    let window: Int
    let tracked: Int

    package init(from options: inout OptionReader) {
      deadline = options.value(
        "deadline", default: .seconds(10), .range(.milliseconds(1) ... .seconds(86_400)),
        doc:
          "How long an event may take to be observed, on the run's clock; for as long again it may "
          + "be late.")
      states = options.value(
        "states", default: [], .each(.nonEmpty),
        doc: "The states that are paired; one that ends with \"*\" stands for all that begin so. "
          + "Without any, all are.")
      untimed = options.value(
        "untimed", default: ["back-fill"], .each(.nonEmpty),
        doc:
          "Event types of observations that say nothing of when something showed: they are paired, and "
          + "not timed.")
      window = options.value(
        "window", default: 100_000, .range(1...100_000_000),
        doc: "How many sequence ids of observations are remembered to recognise duplicates.")
      tracked = options.value(
        "tracked", default: 100_000, .range(1...100_000_000),
        doc: "Of how many agents' interactions the order is followed.")
    }
  }

  private let options: Options
  private var ledger: RoundTripLedger
  private var recent: RecentIDs
  private var roundTrip = DurationRecorder()
  private var endToEnd = DurationRecorder()
  private var found = FoundEvents()
  private var counts: [String: Int] = [:]

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.init(options, seed: 0)
  }

  /// Everything but the options belongs to one run.
  private init(_ options: Options, seed: UInt64) {
    self.options = options
    ledger = RoundTripLedger(patience: options.deadline, tracked: options.tracked)
    recent = RecentIDs(capacity: options.window, seed: seed)
  }

  package mutating func open(_ context: StageContext) async throws {
    self = Self(options, seed: context.seed)
  }

  package mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    let state = batch.state(of: event)
    guard isPaired(state) else { return .pass }
    let interaction = batch.key(event.interaction)
    let key = RoundTripKey(
      agent: batch.key(event.agent), interaction: interaction == .text("") ? nil : interaction,
      state: state)
    let timestamp = event.has(.timestamp) ? event.timestamp : nil
    if outcome.kind == .undecided {
      guard event.sequence.isEmpty || recent.insert(batch.bytes(event.sequence)) else {
        note("duplicated", FoundEvent("duplicated", event, of: batch))
        return .found(.duplicate)
      }
      let seen = RoundTripLedger.Seen(
        time: event.intended, timestamp: timestamp,
        isTimed: !options.untimed.contains(batch.eventType(of: event)),
        event: FoundEvent("unexpected", event, of: batch))
      settle(ledger.see(seen, key, now: now))
      return .pass
    }
    // What was refused, or took no request, can't be expected to show.
    guard outcome.kind == .accepted || outcome.kind == .unknown, outcome.attempts > 0 else {
      return .pass
    }
    let timings = outcome.timings
    let sent = RoundTripLedger.Sent(
      intended: event.intended,
      sent: event.intended.advanced(byNanoseconds: timings.response - timings.service),
      isDoubtful: outcome.kind == .unknown, timestamp: timestamp,
      event: FoundEvent("lost", event, of: batch))
    settle(ledger.send(sent, key, now: now))
    return .pass
  }

  private func isPaired(_ state: String) -> Bool {
    options.states.isEmpty
      || options.states.contains { pattern in
        pattern.hasSuffix("*") ? state.hasPrefix(pattern.dropLast()) : state == pattern
      }
  }

  private mutating func settle(_ pair: RoundTripLedger.Pair?) {
    guard let pair else { return }
    counts["matched", default: 0] += 1
    if pair.seen.isTimed {
      roundTrip.record(pair.seen.time.nanosecondsSince(pair.sent.sent))
      endToEnd.record(pair.seen.time.nanosecondsSince(pair.sent.intended))
    }
    if pair.isLate { note("late", pair.sent.event) }
    for event in pair.reordered { note("reordered", event) }
  }

  private mutating func note(_ kind: String, _ event: FoundEvent) {
    counts[kind, default: 0] += 1
    var event = event
    event.kind = kind
    found.note(event)
  }

  package var deadline: Timestamp? { ledger.deadline }

  package mutating func advance(to now: Timestamp) -> [Release] {
    let (lost, unexpected) = ledger.advance(to: now)
    for item in lost { note("lost", item.event) }
    for item in unexpected { note("unexpected", item.event) }
    return []
  }

  package func findings() -> Findings {
    var findings = Findings()
    for metric in Self.metrics where metric.name != "open" {
      findings[metric.name] = Double(counts[metric.name] ?? 0)
    }
    findings["open"] = Double(ledger.open)
    findings.add("round_trip", roundTrip.distribution)
    findings.add("end_to_end", endToEnd.distribution)
    findings.events = found.all
    return findings
  }
}
