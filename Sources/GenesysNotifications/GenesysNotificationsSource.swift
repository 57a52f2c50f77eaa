import AsyncAlgorithms
import ContactModel
import GenesysCloud
import HTTPDelivery
package import PatchbayCore

/// Shows what the platform tells of users: which states they and their conversations are in.
///
/// Each state is emitted once, however often notifications repeat it; one that was doubled on its way is emitted
/// twice, under the same sequence id. What happened while no channel was open is read by REST and emitted with
/// the event type `back-fill`.
package struct GenesysNotificationsSource: Source {
  package static let type = "genesys-notifications"
  package static let doc =
    "Watches users of Genesys Cloud by its notifications: presence, routing status and conversations."
  package static let metrics =
    [
      MetricDeclaration("notifications", doc: "Notifications that came, doubled ones included."),
      MetricDeclaration("renewals", doc: "Channels that were replaced before they ended."),
      MetricDeclaration("interruptions", doc: "Channels that were lost."),
      MetricDeclaration("filled", doc: "States that were read after an interruption."),
      MetricDeclaration(
        "unfilled", doc: "Reads after an interruption that failed, so that states may be missing."),
    ] + StageGate.metrics

  /// The options.
  package struct Options: OptionGroup {
    let connection: String
    let users: [UUIDBits]
    let usersFile: String?
    let topics: [WatchedTopic]
    let terms: ObservationTerms
    let quiet: Duration
    let silence: Duration
    let retry: RetryPolicy

    package init(from options: inout OptionReader) {
      let uuid = OptionRule<String>.that(
        "a UUID in lower-case hexadecimal",
        pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
      ) { UUIDBits(lowercase: Array($0.utf8)) != nil }
      connection = options.reference(
        "connection", to: GenesysConnection.type, doc: "The login to use.")
      let ids: [String]? = options.optional(
        "users", .nonEmpty, .each(uuid),
        doc:
          "The ids of the users to watch; without it and `users_file`, all that there are when the run "
          + "begins.")
      users = (ids ?? []).compactMap { UUIDBits(lowercase: Array($0.utf8)) }
      usersFile = options.optional(
        "users_file", .nonEmpty, .path,
        doc: "A JSON file of the users to watch, `{\"users\": [{\"id\": \"...\"}]}`.")
      topics = options.value(
        "topics", default: WatchedTopic.allCases, .nonEmpty,
        doc: "What is watched of each user.")
      terms = options.value(
        "terms", default: .platform, doc: "In which terms states are told.")
      quiet = options.value(
        "quiet", default: .seconds(10), .range(.milliseconds(1) ... .seconds(86_400)),
        doc:
          "When all other sources have ended and their events are settled, it ends after nothing has come "
          + "for so long. Where there is no other source, it goes on until the run is stopped.")
      silence = options.value(
        "silence", default: .seconds(75), .range(.milliseconds(100) ... .seconds(3_600)),
        doc:
          "A socket on which nothing comes for so long, in real time, is given up. The platform sends a "
          + "heartbeat every 30 seconds.")
      retry = options.group(
        "retry", doc: "What happens after 429, 5xx and failed connections.")
      options.check(
        ids == nil || usersFile == nil, at: "users_file",
        "can't be set together with \"users\": both say whom to watch")
      options.check(
        Set(users).count == users.count, at: "users", "a user is there twice")
      options.check(
        users.count <= ChannelShare.mostUsers(topics), at: "users",
        "at most \(ChannelShare.mostUsers(topics)) users can be watched with these topics: the platform has "
          + "20 channels of 1 000 topics for a client")
      options.check(
        Set(topics).count == topics.count, at: "topics", "a topic is there twice")
      options.check(
        terms == .platform || topics.contains(.conversations), at: "topics",
        "must have \"conversations\": in terms of a desktop nothing else is told")
    }
  }

  /// What belongs to one run.
  private struct Opened {
    let feed: NotificationFeed
    let gate: StageGate
    let clock: any PipelineClock
  }

  let options: Options
  private var opened: Opened?

  package var reach: StageReach { .outside("opens sockets to the platform") }
  package var watchesOthers: Bool { true }

  package init(_ options: Options) {
    self.options = options
  }

  package mutating func open(_ context: StageContext) async throws {
    if context.clock.standsStillForWork {
      throw PipelineError(
        "notifications come in real time, and on a virtual clock no time passes while they are under way; "
          + "set \"run.clock\" to \"real\"")
    }
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let second = Duration.seconds(1)
    if !connection.sharesClock, context.clock.realDuration(of: second) != second {
      throw PipelineError(
        "the platform's times are real, and the run's are not, so that one can't be told from the other; "
          + "set \"run.clock\" to \"real\", or \"region\" to \"sandbox\"")
    }
    let session = try connection.openSession()
    let gate = session.governor.gate(for: context, longestWait: options.retry.longestWait)
    let api = NotificationAPI(
      session: session, sender: session.makeSender(context, options.retry, through: gate),
      once: session.makeSender(context, .once, through: gate), clock: context.clock,
      isStandIn: connection.isStandIn)
    let tls = try connection.tls.socketContext()
    let shares = ChannelShare.deal(try await watchedUsers(api), options.topics)
    let slots = RenewalSlots(beside: shares.count, clock: context.clock)
    let feed = NotificationFeed(shares) { [silence = options.silence] share, outlet, status in
      ChannelKeeper(
        share: share, api: api, tls: tls, silence: silence, clock: context.clock,
        logger: context.logger, outlet: outlet, status: status, slots: slots)
    }
    opened = Opened(feed: feed, gate: gate, clock: context.clock)
    context.startBackgroundWork { await feed.run() }
    try await feed.waitUntilOpen()
  }

  private func watchedUsers(_ api: NotificationAPI) async throws -> [UUIDBits] {
    let most = ChannelShare.mostUsers(options.topics)
    var users = options.users
    if let path = options.usersFile {
      users = try OrganizationFile.read(path).users.map(\.id)
    } else if users.isEmpty {
      users = try await api.allUsers(upTo: most)
    }
    if users.isEmpty {
      throw PipelineError("there are no users to watch; name some in \"users\"")
    }
    if users.count > most {
      throw PipelineError(
        "\(users.count) users are more than the \(most) that can be watched with these topics; name fewer "
          + "users or topics")
    }
    return users
  }

  // MARK: Running

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    guard let opened else { return }
    let lastSign = Latest(opened.clock.now)
    let terms = options.terms
    let quiet = options.quiet
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await observation in opened.feed.observations {
          lastSign.value = opened.clock.now
          try await Self.emit(observation, in: terms, by: outlet)
        }
        try Task.checkCancellation()
        throw opened.feed.error ?? CancellationError()
      }
      group.addTask {
        while true {
          let now = opened.clock.now
          let end = lastSign.value.advanced(by: quiet)
          if now >= end, outlet.othersAreDone, opened.feed.isWhole { return }
          try await opened.clock.sleep(until: max(end, now.advanced(by: quiet / 4)))
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static func emit(
    _ observation: ObservedEvent, in terms: ObservationTerms, by outlet: SourceOutlet
  ) async throws {
    switch observation {
    case .notified(let state, let time):
      try await emit(state, "notification", at: time, in: terms, by: outlet)
    case .filled(let state, let time):
      try await emit(state, "back-fill", at: time, in: terms, by: outlet)
    case .unreadable(let reason):
      try await outlet.reject(EventFields(), code: "notification.unreadable", reason: reason)
    }
  }

  private static func emit(
    _ state: ObservedState, _ type: String, at time: Timestamp, in terms: ObservationTerms,
    by outlet: SourceOutlet
  ) async throws {
    guard let word = terms.word(for: state.state) else { return }
    try await outlet.emit(
      EventFields(
        sequenceID: state.id, timestamp: state.time?.description,
        interactionID: state.conversation?.description, agentID: state.user.description,
        state: word, eventType: type), intended: time)
  }

  package mutating func close() async throws {
    await opened?.feed.stop()
  }

  package func findings() -> Findings {
    guard let opened else { return Findings() }
    let counts = opened.feed.counts
    var findings = Findings()
    findings["notifications"] = Double(counts.notifications)
    findings["renewals"] = Double(counts.renewals)
    findings["interruptions"] = Double(counts.interruptions)
    findings["filled"] = Double(counts.filled)
    findings["unfilled"] = Double(counts.unfilled)
    findings.add(opened.gate, to: options.connection)
    return findings
  }
}
