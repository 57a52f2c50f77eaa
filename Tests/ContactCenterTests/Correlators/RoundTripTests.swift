import ContactCenter
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What was injected is paired with what was observed of it.
struct RoundTripTests {
  /// Feeds a correlator with what is sent and seen, at times in milliseconds.
  private struct Loop {
    var correlator: RoundTripCorrelator
    let symbols = SymbolTable()
    private var number = 0

    init(_ options: RoundTripCorrelator.Options) { correlator = RoundTripCorrelator(options) }

    static func make(_ options: JSONValue = [:]) throws -> Loop {
      try Loop(RoundTripCorrelator.Options(options))
    }

    private func time(_ milliseconds: Int) -> Timestamp {
      Timestamp(nanoseconds: Int64(milliseconds) * 1_000_000)
    }

    /// An event that was injected: sent at `at`, answered two milliseconds later.
    mutating func send(
      _ state: String, at milliseconds: Int, agent: String = "a", interaction: String = "i",
      as kind: Outcome.Kind = .accepted, attempts: UInt16 = 1, timestamp: String? = nil
    ) {
      number += 1
      var outcome = Outcome(kind, status: 202, attempts: attempts)
      outcome.timings.queue = 3_000_000
      outcome.timings.service = 2_000_000
      outcome.timings.wire = 2_000_000
      observe(
        "sent-\(number)", state, agent, interaction, timestamp, intended: milliseconds - 3,
        at: milliseconds + 2, outcome)
    }

    /// An event that was observed.
    mutating func see(
      _ state: String, at milliseconds: Int, agent: String = "a", interaction: String = "i",
      id: String? = nil, timestamp: String? = nil, type: String? = nil
    ) {
      number += 1
      observe(
        id ?? "seen-\(number)", state, agent, interaction, timestamp, intended: milliseconds,
        at: milliseconds, nil, type: type)
    }

    private mutating func observe(
      _ id: String, _ state: String, _ agent: String, _ interaction: String,
      _ timestamp: String?, intended: Int, at milliseconds: Int, _ outcome: Outcome?,
      type: String? = nil
    ) {
      _ = correlator.advance(to: time(milliseconds))
      var batch = EventBatch(symbols: symbols)
      batch.append(
        EventFields(
          sequenceID: id, timestamp: timestamp, interactionID: interaction, agentID: agent,
          state: state, eventType: type),
        intended: time(intended))
      if let outcome { batch.judge(0, outcome) }
      correlator.observe(&batch, at: time(milliseconds))
    }

    mutating func wait(until milliseconds: Int) { _ = correlator.advance(to: time(milliseconds)) }

    /// The counts that aren't zero.
    var counts: [String: Int] {
      Dictionary(
        uniqueKeysWithValues: correlator.findings().metrics.filter { $0.value != 0 }
          .map { ($0.name, Int($0.value)) })
    }

    func shape(_ name: String) -> Distribution {
      correlator.findings().shapes.first { $0.name == name }?.distribution ?? Distribution()
    }
  }

  @Test func `what was sent and is seen is matched, and how long it took is known`() throws {
    var loop = try Loop.make()
    loop.send("participant/alerting", at: 100)
    loop.see("participant/alerting", at: 150)
    #expect(loop.counts == ["matched": 1])
    #expect(loop.shape("round_trip").maximum == 50_000_000)
    #expect(loop.shape("end_to_end").maximum == 53_000_000)
  }

  /// The answer of the target may take longer than its notification.
  @Test func `it may be seen before its answer is there`() throws {
    var loop = try Loop.make()
    loop.see("participant/alerting", at: 101)
    #expect(loop.counts == ["open": 1])
    loop.send("participant/alerting", at: 100)
    #expect(loop.counts == ["matched": 1])
    #expect(loop.shape("round_trip").maximum == 1_000_000)
  }

  @Test func `what doesn't show in time is lost, and late if it comes after all`() throws {
    var loop = try Loop.make()
    for number in 0..<3 { loop.send("s", at: 100, interaction: "i\(number)") }
    loop.see("s", at: 10_101, interaction: "i0")
    #expect(loop.counts == ["matched": 1, "open": 2])
    loop.wait(until: 10_102)
    #expect(loop.counts == ["matched": 1, "lost": 2])
    loop.see("s", at: 20_000, interaction: "i1")
    #expect(loop.counts == ["matched": 2, "lost": 2, "late": 1])
    // By now it isn't kept any more.
    loop.see("s", at: 20_200, interaction: "i2")
    loop.wait(until: 30_200)
    #expect(loop.counts == ["matched": 2, "lost": 2, "late": 1, "unexpected": 1])
    let found = loop.correlator.findings().events
    #expect(
      found.map { "\($0.kind) \($0.interactionID)" } == [
        "late i1", "lost i1", "lost i2", "unexpected i2",
      ])
    #expect(loop.correlator.deadline == nil)
  }

  @Test func `what comes twice is a duplicate, and the same state again is not`() throws {
    var loop = try Loop.make()
    loop.send("held", at: 100)
    loop.see("held", at: 110, id: "n1")
    loop.see("held", at: 111, id: "n1")
    loop.send("held", at: 200)
    loop.see("held", at: 210, id: "n2")
    #expect(loop.counts == ["matched": 2, "duplicated": 1])
  }

  @Test func `order is kept within an agent's interaction, not between them`() throws {
    var loop = try Loop.make()
    for (number, state) in ["a", "b", "c"].enumerated() { loop.send(state, at: 100 + number) }
    loop.send("a", at: 104, interaction: "other")
    loop.see("a", at: 110, interaction: "other")
    for state in ["a", "c", "b"] { loop.see(state, at: 120) }
    #expect(loop.counts == ["matched": 4, "reordered": 1])
    #expect(loop.correlator.findings().events.map(\.to) == ["b"])
  }

  /// The first of two is lost: the second one's observation isn't taken for it.
  @Test func `a state that comes again is paired with its own observation`() throws {
    var loop = try Loop.make()
    loop.send("held", at: 100)
    loop.send("connected", at: 200)
    loop.see("connected", at: 210)
    loop.send("held", at: 300)
    loop.see("held", at: 310)
    loop.wait(until: 60_000)
    #expect(loop.counts == ["matched": 2, "lost": 1])
    #expect(loop.shape("round_trip").maximum == 10_000_000)
  }

  @Test func `the timestamp tells which of several it is`() throws {
    var loop = try Loop.make()
    loop.send("held", at: 100, timestamp: "2026-01-31T09:30:00.100Z")
    loop.send("held", at: 101, timestamp: "2026-01-31T09:30:00.1019Z")
    loop.see("held", at: 150, timestamp: "2026-01-31T09:30:00.100Z")
    loop.see("held", at: 151, timestamp: "2026-01-31T09:30:00.101Z")
    #expect(loop.counts == ["matched": 2])
    #expect(loop.shape("round_trip").minimum == 50_000_000)
  }

  /// Two interactions of an agent: the one's notification comes before its own answer, the other's answer
  /// first.
  @Test func `what is seen of one interaction isn't taken for another one's`() throws {
    var loop = try Loop.make()
    loop.see("participant/alerting", at: 100, interaction: "x")
    loop.send("participant/alerting", at: 100, interaction: "y")
    loop.send("participant/alerting", at: 99, interaction: "x")
    loop.see("participant/alerting", at: 105, interaction: "y")
    loop.see("participant/alerting", at: 106, interaction: "foreign")
    loop.wait(until: 60_000)
    #expect(loop.counts == ["matched": 2, "unexpected": 1])
  }

  @Test func `what may have landed isn't late, for it wasn't lost`() throws {
    var loop = try Loop.make()
    loop.send("d", at: 100, as: .unknown)
    loop.wait(until: 10_200)
    loop.see("d", at: 10_300)
    #expect(loop.counts == ["matched": 1])
  }

  @Test func `a presence has no interaction when it is seen`() throws {
    var loop = try Loop.make()
    loop.send("presence/on_queue", at: 100, interaction: "i")
    loop.see("presence/on_queue", at: 110, interaction: "")
    loop.see("presence/away", at: 120, interaction: "")
    loop.send("presence/away", at: 119, interaction: "j")
    #expect(loop.counts == ["matched": 2])
  }

  @Test func `what was refused or not sent isn't expected, what may have landed is welcome`() throws
  {
    var loop = try Loop.make()
    loop.send("a", at: 100, as: .failed)
    loop.send("b", at: 100, as: .rejected)
    loop.send("c", at: 100, attempts: 0)
    loop.send("d", at: 100, as: .unknown)
    loop.send("e", at: 100, as: .unknown)
    loop.see("e", at: 110)
    loop.wait(until: 60_000)
    #expect(loop.counts == ["matched": 1])
  }

  @Test func `only the states that are named are paired`() throws {
    var loop = try Loop.make(["states": ["participant/*", "presence/away"]])
    for state in ["participant/held", "presence/away", "presence/busy", "routing/idle"] {
      loop.see(state, at: 100)
    }
    loop.wait(until: 60_000)
    #expect(loop.counts == ["unexpected": 2])
  }

  /// What of a thousand is lost, doubled and swapped is found, each.
  @Test func `everything that goes wrong is counted exactly`() throws {
    var loop = try Loop.make(["deadline": "5s"])
    var random = KeyedRandom(seed: 3, purpose: "faults")
    var (lost, doubled, swapped) = (0, 0, 0)
    var held: (Int, String)?
    for number in 0..<1_000 {
      let at = 1_000 + number * 100
      let (agent, state) = ("agent \(number % 7)", "state \(number / 7 % 4)")
      loop.send(state, at: at, agent: agent, interaction: "")
      let draw = random.unit()
      if let (earlier, of) = held {
        // It comes behind the next one of its agent.
        guard earlier % 7 == number % 7 else {
          loop.see(state, at: at + 40, agent: agent, interaction: "")
          continue
        }
        loop.see(state, at: at + 40, agent: agent, interaction: "")
        loop.see(of, at: at + 41, agent: agent, interaction: "")
        held = nil
        swapped += 1
        continue
      }
      if draw < 0.02 {
        lost += 1
      } else if draw < 0.03 {
        doubled += 1
        for _ in 0..<2 {
          loop.see(state, at: at + 40, agent: agent, interaction: "", id: "n\(number)")
        }
      } else if draw < 0.08, number < 990 {
        held = (number, state)
      } else {
        loop.see(state, at: at + 40, agent: agent, interaction: "")
      }
    }
    loop.wait(until: 1_000_000)
    #expect(lost > 5 && doubled > 5 && swapped > 10)
    #expect(
      loop.counts == [
        "matched": 1_000 - lost, "lost": lost, "duplicated": doubled, "reordered": swapped,
      ])
  }

  /// Notifications may come before the answer of the request that they tell of.
  @Test func `order is found also among those that were seen before they were known to be sent`()
    throws
  {
    var loop = try Loop.make()
    loop.see("b", at: 100)
    loop.see("a", at: 101)
    loop.send("a", at: 99)
    #expect(loop.counts == ["matched": 1, "open": 1])
    loop.send("b", at: 99)
    #expect(loop.counts == ["matched": 2, "reordered": 1])
    #expect(loop.correlator.findings().events.map(\.to) == ["a"])
  }

  @Test func `one that was seen before it is known, in order, is in order`() throws {
    var loop = try Loop.make()
    loop.see("a", at: 100)
    loop.see("b", at: 101)
    loop.send("a", at: 99)
    loop.send("b", at: 99)
    loop.send("c", at: 102)
    loop.see("c", at: 103)
    #expect(loop.counts == ["matched": 3])
  }

  @Test func `one that waits for nothing doesn't disturb the order of the others`() throws {
    var loop = try Loop.make()
    loop.see("x", at: 100)
    loop.send("a", at: 101)
    loop.send("b", at: 102)
    loop.see("b", at: 103)
    loop.see("a", at: 104)
    #expect(loop.counts == ["matched": 2, "reordered": 1, "open": 1])
    loop.wait(until: 10_200)
    #expect(loop.counts == ["matched": 2, "reordered": 1, "unexpected": 1])
  }

  @Test func `what was read after a gap is paired and not timed`() throws {
    var loop = try Loop.make()
    loop.send("a", at: 100)
    loop.send("b", at: 100)
    loop.see("a", at: 5_000, type: "back-fill")
    loop.see("b", at: 150, type: "notification")
    #expect(loop.counts == ["matched": 2])
    #expect(loop.shape("round_trip").count == 1)
    #expect(loop.shape("round_trip").maximum == 50_000_000)
  }
}
