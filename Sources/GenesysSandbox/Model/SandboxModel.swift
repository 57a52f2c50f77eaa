package import PatchbayCore
package import PatchbayJSON

/// All that the sandbox knows: what it was sent and what it made of it.
///
/// Endpoints render it, and nothing else is ever answered. Its size is bounded by the number of
/// agents, of conversations that aren't finished, and of distinct sequence ids at the workspace
/// endpoint; everything else has a limit of its own.
package struct SandboxModel {
  /// What is known of one sequence id.
  package struct Record {
    /// How often it arrived in a well-formed, authorised request.
    package var deliveries = 0
    /// Whether it was accepted; that happens once.
    package var isAccepted = false
  }

  /// The latest event of an agent or an interaction, by the event's own time.
  package struct CurrentState {
    package var state: String
    package var timestamp: Timestamp
    package var sequenceID: String
  }

  /// What there is to count, and to forget.
  package struct Counts {
    /// Requests by path and by status or `dropped`.
    package var requests: [String: [String: Int]] = [:]
    /// Faults by kind.
    package var faults: [Fault: Int] = [:]
    /// Arrivals of events in well-formed, authorised requests.
    package var deliveries = 0
    /// Events accepted for the first time.
    package var effects = 0
    /// Events accepted again, to no effect.
    package var duplicates = 0
    /// Events of the injection API that couldn't happen.
    package var refusals = 0
    /// Each sequence id's share of the above.
    package var records: [[UInt8]: Record] = [:]
    /// Where agents are, by the workspace endpoint's events.
    package var agents: [UUIDBits: CurrentState] = [:]
    /// Where interactions are, by the workspace endpoint's events.
    package var interactions: [UUIDBits: CurrentState] = [:]
    /// Documents received by the QA receiver.
    package var documentCount = 0
    /// The latest of them.
    package var documents: [JSONValue] = []
  }

  /// How many QA documents are kept.
  package static let documentCapacity = 16

  /// The tokens given out.
  package var tokens = IssuedTokens()
  /// The codes given out, to be exchanged for tokens.
  var authorizations = AuthorizationGrants()
  package internal(set) var counts = Counts()
  var organization: Organization
  var notifications: NotificationHub
  /// Requests; and, beside them so that they push none of them out, sockets and what happened by itself.
  private var requests: Journal<JournalEntry>
  private var happenings: Journal<JournalEntry>
  /// What the requests of the journal sent and were answered.
  private(set) var bodies: RequestBodies
  var accepted = EventIDs()
  var attempts = AttemptCounter()
  /// What goes wrong.
  var faults: SandboxFaults
  /// What goes wrong next.
  var nextFaults = NextFaults()
  /// How things stood, by name.
  var snapshots: [String: Snapshot] = [:]
  /// How far the sandbox's clock is ahead of the run's.
  var clockOffset = Duration.zero
  /// What became of the events of the request under way.
  var results: [(id: UUIDBits, result: RequestRecord.EventResult)] = []
  private let start: Organization
  private var lastRequest: UInt64 = 0
  private(set) var lastEntry: UInt64 = 0

  /// Makes a model.
  init(organization: Organization, options: SandboxOptions) {
    self.organization = organization
    start = organization
    faults = options.faults
    requests = Journal(capacity: options.journal)
    happenings = Journal(capacity: options.journal)
    bodies = RequestBodies(limit: options.journalBodies)
    notifications = NotificationHub(
      journalCapacity: options.journal, bodies: options.journalBodies)
  }

  /// The number of a new request, from 1; never reset, so that no two have the same.
  package mutating func nextRequestNumber() -> UInt64 {
    lastRequest += 1
    return lastRequest
  }

  /// Counts an answered or dropped request.
  package mutating func count(path: String, outcome: String) {
    counts.requests[path, default: [:]][outcome, default: 0] += 1
  }

  /// Writes a line into the journal.
  mutating func note(_ content: JournalEntry.Content, at time: Timestamp) {
    lastEntry += 1
    let entry = JournalEntry(number: lastEntry, time: time, content: content)
    if case .request = content { requests.append(entry) } else { happenings.append(entry) }
  }

  /// The lines of the journal after a number that a condition holds for, oldest first.
  func journal(
    after number: UInt64, limit: Int = .max, where condition: (JournalEntry) -> Bool
  ) -> [JournalEntry] {
    let found = requests.lines(after: number, limit: limit, where: condition)
    let others = happenings.lines(after: number, limit: limit, where: condition)
    if others.isEmpty { return found }
    return Array((found + others).sorted { $0.number < $1.number }.prefix(limit))
  }

  /// Writes what happened on a socket into the journal.
  mutating func note(
    _ event: SocketRecord.Event, on channel: String, of user: UUIDBits? = nil,
    message: String? = nil, at time: Timestamp
  ) {
    let user = user ?? notifications.channels[channel]?.owner.user
    note(
      .socket(
        SocketRecord(
          event: event, channel: channel.shortened(to: 256), user: user,
          message: message?.shortened(to: 4_096))), at: time)
  }

  /// Writes a request into the journal, with what it sent and was answered.
  mutating func note(
    _ record: RequestRecord, at time: Timestamp, body: [UInt8], isLogin: Bool, answer: [UInt8]
  ) {
    note(.request(record), at: time)
    bodies.append(number: lastEntry, request: body, isLogin: isLogin, response: answer)
  }

  /// Goes back to the start, but for tokens, channels and faults.
  package mutating func reset() {
    counts = Counts()
    organization = start
    requests.clear()
    happenings.clear()
    bodies.clear()
    notifications.clearRecords()
    accepted = EventIDs()
    attempts = AttemptCounter()
  }

  /// What became of the request's events, once.
  mutating func takeResults() -> [(id: UUIDBits, result: RequestRecord.EventResult)] {
    defer { results = [] }
    return results
  }

  /// What became different, once.
  mutating func takeChanges() -> [Occurrence] {
    defer { organization.changes = [] }
    return organization.changes
  }

  /// Lets happen what was to happen by itself until now, and tells who listens.
  mutating func settle(at now: Timestamp, seed: UInt64) {
    guard organization.isDue(at: now) else { return }
    organization.settle(until: now)
    let occurrences = takeChanges()
    if occurrences.isEmpty { return }
    note(.happening(occurrences.map(\.change)), at: now)
    var ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox happening", lastEntry)
    publish(
      occurrences, correlationID: UUIDBits.version4(using: &ids).description, at: now, seed: seed)
  }

  /// Takes a QA document.
  package mutating func receive(document: JSONValue) {
    counts.documentCount += 1
    if counts.documents.count == Self.documentCapacity { counts.documents.removeFirst() }
    counts.documents.append(document)
  }
}
