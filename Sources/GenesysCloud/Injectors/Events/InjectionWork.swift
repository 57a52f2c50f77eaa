import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON

/// What is left to do for the events of one call, step by step.
struct InjectionWork {
  /// Steps that share a request.
  struct Group {
    let endpoint: PlatformStep.Endpoint
    /// Whose steps they are, and their ids.
    let members: [(item: Int, id: UUIDBits)]
    let body: [UInt8]
  }

  /// One event of the call.
  private struct Item {
    let subject: PlatformStep.Subject?
    let keys: [EntityKey]
    /// Nil until what comes before it is done.
    var steps: [PlatformStep]?
    var next = 0
    var tries = 0
    /// Whether the step under way may have landed without an answer.
    var mayHaveLanded = false
    /// Whether it was refused together with others, and is sent alone from now on.
    var goesAlone = false
    var outcome: (kind: Outcome.Kind, code: String, reason: String)?
    var status = 0
    var attempts = 0
    var timings = InjectionTimings()
    var firstAttempt: Timestamp?

    var isDone: Bool { outcome != nil }
  }

  private let batch: EventBatch
  private let records: InjectionRecords
  private var items: [Item]

  init(_ batch: EventBatch, records: InjectionRecords) {
    self.batch = batch
    self.records = records
    items = batch.indices.map { index in
      let event = batch[index]
      var item = Item(
        subject: Self.subject(of: event),
        keys: [batch.key(event.agent), batch.key(event.interaction)].filter { $0 != .text("") })
      if item.subject == nil {
        item.outcome = (
          .failed, "agent_id.not_uuid", "the platform knows agents and interactions by UUID alone"
        )
      }
      return item
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

  // MARK: Sending

  /// The next request: the steps whose turn it is and that go to the endpoint with the most of them.
  mutating func nextGroup(_ options: GenesysEventsInjector.Options) -> Group? {
    while true {
      let heads = heads()
      if heads.isEmpty { return nil }
      for head in heads where items[head].steps == nil { prepare(head) }
      let ready = heads.filter { !items[$0].isDone }
      if ready.isEmpty { continue }
      return group(ready, options)
    }
  }

  /// The events of which nothing earlier has an agent or an interaction in common.
  private func heads() -> [Int] {
    var taken: Set<EntityKey> = []
    var heads: [Int] = []
    for (index, item) in items.enumerated() where !item.isDone {
      if item.keys.allSatisfy({ !taken.contains($0) }) { heads.append(index) }
      taken.formUnion(item.keys)
    }
    return heads
  }

  private mutating func prepare(_ index: Int) {
    guard let subject = items[index].subject else { return }
    let state = batch.state(of: batch[index])
    let steps = records.steps(for: state, subject, offer: id(of: index, "communication"))
    items[index].steps = steps ?? []
    if steps == nil {
      items[index].outcome = (
        .failed, "state.unknown", "the platform has no words for the state \"\(state)\""
      )
    } else if subject.interaction == nil,
      steps?.contains(where: { $0.endpoint == .conversation }) ?? false
    {
      items[index].outcome = (
        .failed, "interaction_id.missing", "the state \"\(state)\" is that of an interaction"
      )
    } else if steps?.isEmpty ?? false {
      // Nothing is to be said about it: the platform sees it by what comes before and after.
      items[index].outcome = (.accepted, "", "")
    }
  }

  private func group(_ ready: [Int], _ options: GenesysEventsInjector.Options) -> Group? {
    if let lonely = ready.first(where: { items[$0].goesAlone }) {
      return step(of: lonely).map { body([lonely], $0.endpoint, options) }
    }
    var counts: [PlatformStep.Endpoint: Int] = [:]
    for index in ready { if let step = step(of: index) { counts[step.endpoint, default: 0] += 1 } }
    let endpoint = PlatformStep.Endpoint.allCases.max {
      counts[$0, default: 0] < counts[$1, default: 0]
    }
    guard let endpoint else { return nil }
    return body(ready.filter { step(of: $0)?.endpoint == endpoint }, endpoint, options)
  }

  private func step(of index: Int) -> PlatformStep? {
    guard let steps = items[index].steps, items[index].next < steps.count else { return nil }
    return steps[items[index].next]
  }

  /// A request's body: an array of events for each of their kinds.
  private func body(
    _ indices: [Int], _ endpoint: PlatformStep.Endpoint, _ options: GenesysEventsInjector.Options
  ) -> Group {
    var members: [(item: Int, id: UUIDBits)] = []
    var arrays: [(name: String, events: [[UInt8]])] = []
    var size = 2
    for index in indices {
      guard let step = step(of: index), let subject = items[index].subject else { continue }
      let id = id(of: index, "\(items[index].next)")
      var event: [UInt8] = []
      JSONWriter.append(step.json(id: id, subject, options), to: &event)
      let place = arrays.firstIndex { $0.name == step.array }
      size += event.count + 1 + (place == nil ? step.array.utf8.count + 6 : 0)
      if size > options.bytesPerRequest.bytes, !members.isEmpty { break }
      if let place {
        arrays[place].events.append(event)
      } else {
        arrays.append((step.array, [event]))
      }
      members.append((index, id))
    }
    let parts = arrays.map { name, events in
      Array("\"\(name)\":[".utf8) + events.joined(separator: [UInt8(ascii: ",")]) + [
        UInt8(ascii: "]")
      ]
    }
    let body =
      [UInt8(ascii: "{")] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    return Group(endpoint: endpoint, members: members, body: body)
  }

  /// An id that is a function of the event and of what it is for, so that it is the same whenever
  /// the event is sent.
  private func id(of index: Int, _ purpose: String) -> UUIDBits {
    var bytes = Array(purpose.utf8) + [0]
    EventCodec.write(batch[index], of: batch, to: &bytes)
    return IdempotencyKey.uuid(of: bytes)
  }

  /// What a group is about, for draws.
  func key(of group: Group) -> UInt64 {
    KeyedRandom.key(group.members.flatMap { Array("\($0.id)".utf8) })
  }

  /// What the call is about, for draws.
  var firstKey: UInt64 {
    batch.indices.first.map { KeyedRandom.key(batch.bytes(batch[$0].sequence)) } ?? 0
  }

  // MARK: Judging

  /// Takes in what came of a request; gives the tries of those steps that are to be sent again.
  mutating func settle(_ group: Group, by exchange: Exchange, attempts: Int) -> [Int] {
    records.note(requestWithStatus: exchange.status)
    for (index, _) in group.members {
      items[index].attempts += exchange.attempts
      items[index].status = exchange.status
      items[index].mayHaveLanded = items[index].mayHaveLanded || exchange.mayHaveLanded
      items[index].firstAttempt = items[index].firstAttempt ?? exchange.firstAttempt
      items[index].timings.rateLimit += exchange.timings.rateLimit
      items[index].timings.backoff += exchange.timings.backoff
      items[index].timings.wire += exchange.timings.wire
      items[index].timings.service = exchange.timings.service
    }
    guard case .success(let response) = exchange.ending else {
      return settle(group, refusedBy: exchange)
    }
    guard let answer = BatchAnswer(response.body) else {
      return settleUnreadable(group, attempts: attempts)
    }
    var again: [Int] = []
    for (index, id) in group.members {
      guard let error = answer.errors[id] else {
        accept(index)
        continue
      }
      items[index].tries += 1
      if error.isRetryable, items[index].tries < attempts {
        again.append(items[index].tries)
      } else {
        fail(index, code: "platform.refused", reason: error.message)
      }
    }
    return again
  }

  /// After a refusal of the whole request, or no answer.
  private mutating func settle(_ group: Group, refusedBy exchange: Exchange) -> [Int] {
    if case .refusal(let response) = exchange.ending, response.status == 400,
      group.members.count > 1
    {
      // One event spoils the request; which one, shows when each is sent alone.
      for (index, _) in group.members { items[index].goesAlone = true }
      return []
    }
    let (code, reason) = exchange.platformExplanation
    for (index, _) in group.members { fail(index, code: code, reason: reason) }
    return []
  }

  /// After a success whose body can't be read: what it says of each event is lost.
  private mutating func settleUnreadable(_ group: Group, attempts: Int) -> [Int] {
    var again: [Int] = []
    for (index, _) in group.members {
      items[index].mayHaveLanded = true
      items[index].tries += 1
      if items[index].tries < attempts {
        again.append(items[index].tries)
      } else {
        fail(
          index, code: "answer.unreadable",
          reason: "the platform's answer is no JSON object with a list of errors")
      }
    }
    return again
  }

  private mutating func accept(_ index: Int) {
    note(index, .accepted)
    items[index].next += 1
    items[index].tries = 0
    items[index].mayHaveLanded = false
    if items[index].next == items[index].steps?.count { items[index].outcome = (.accepted, "", "") }
  }

  private mutating func fail(_ index: Int, code: String, reason: String) {
    let kind: Outcome.Kind = items[index].mayHaveLanded ? .unknown : .failed
    note(index, kind)
    let before = items[index].next
    let prefix =
      before == 0
      ? "" : "\(before) of \(items[index].steps?.count ?? before) platform events accepted, then: "
    items[index].outcome = (kind, code, prefix + reason)
  }

  private func note(_ index: Int, _ kind: Outcome.Kind) {
    guard let step = step(of: index), let subject = items[index].subject else { return }
    records.note(step, subject, kind)
  }

  mutating func addBackoff(_ nanoseconds: Int64) {
    for index in items.indices where !items[index].isDone && items[index].attempts > 0 {
      items[index].timings.backoff += nanoseconds
    }
  }

  /// Gives up what is left, since the run ends.
  mutating func cancel() {
    for index in items.indices where !items[index].isDone {
      let kind: Outcome.Kind = items[index].mayHaveLanded ? .unknown : .failed
      items[index].outcome = (
        kind, "cancelled", "the run was ended before the platform had accepted it"
      )
    }
  }

  /// Writes the verdicts into the call's batch.
  func judge(_ batch: inout EventBatch) {
    for (index, item) in items.enumerated() {
      let (kind, code, reason) = item.outcome ?? (.failed, "not_sent", "it was never sent")
      var outcome = Outcome(
        kind, status: UInt16(clamping: item.status), attempts: UInt16(clamping: item.attempts))
      outcome.timings = item.timings
      if let first = item.firstAttempt {
        outcome.timings.queue = max(0, first.nanosecondsSince(batch[index].intended))
      }
      if kind == .accepted {
        batch.judge(index, outcome)
      } else {
        batch.judge(index, outcome, code: code, reason: reason)
      }
    }
  }
}

/// What the platform says of the events of a request.
private struct BatchAnswer {
  var errors: [UUIDBits: (message: String, isRetryable: Bool)] = [:]

  /// Reads `BatchEventResponse`; nil if it isn't one.
  init?(_ body: [UInt8]) {
    guard let value = try? JSONValue(parsing: body), value.object != nil else { return nil }
    guard let errors = value["errors"] else { return }
    if errors == .null { return }
    guard let list = errors.array else { return nil }
    for error in list {
      guard let text = error["eventId"]?.string?.lowercased(),
        let id = UUIDBits(lowercase: Array(text.utf8))
      else { continue }
      self.errors[id] = (
        error["message"]?.string ?? "the platform gives no reason",
        error["retryable"]?.bool ?? false
      )
    }
  }
}
