import ContactModel
import PatchbayCore
import PatchbayJSON

/// Reads what happened while nobody listened, since notifications are kept for nobody.
///
/// Analytics tell all that happened, some of it late; users and conversations tell at once how things stand.
struct BackFill: Sendable {
  /// What was read, in no order.
  struct Findings: Sendable {
    var histories: [DetailsReader.History] = []
    /// What analytics tell of users.
    var pastStandings: [UserStanding] = []
    /// How parts and users stand now.
    var parts: [(part: ConversationPart, now: TimedStep)] = []
    var standings: [UserStanding] = []
    /// The conversations that are over, or not there any more.
    var closed: Set<UUIDBits> = []
    /// What couldn't be read, as sentences.
    var failures: [String] = []
  }

  /// Where a user stood, or stands.
  struct UserStanding: Sendable {
    let user: UUIDBits
    let topic: WatchedTopic
    let standing: UserReader.Standing
  }

  /// How many users a query is about.
  private static let usersPerQuery = 100
  /// How much further back than the gap is read: nobody's clock is exactly the platform's.
  private static let margin = Duration.seconds(60)

  let api: NotificationAPI
  let share: ChannelShare
  /// When somebody last listened.
  let start: Timestamp
  /// The conversations of which more may have come.
  let open: Set<UUIDBits>

  private var since: Timestamp { start.advanced(by: .zero - Self.margin) }

  /// Reads everything.
  ///
  /// - Throws: `CancellationError`; what couldn't be read is among the findings.
  func read() async throws -> Findings {
    var findings = Findings()
    var conversations = open
    let watched = Set(share.users)
    for users in queries {
      if share.topics.contains(.conversations) {
        try await attempt(&findings) { findings in
          try await api.details(
            "/api/v2/analytics/conversations/details/query", filters: "segmentFilters",
            list: "conversations", of: users, since: since
          ) { json in
            guard let read = DetailsReader.read(json, watching: watched) else { return }
            findings.histories += read.histories
            if read.isOpen {
              conversations.insert(read.conversation)
            } else {
              conversations.remove(read.conversation)
              findings.closed.insert(read.conversation)
            }
          }
        }
      }
      if share.topics != [.conversations] { try await readPast(of: users, &findings) }
    }
    for id in conversations.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
      try await attempt(&findings) { findings in
        guard let conversation = try await api.conversation(id) else {
          findings.closed.insert(id)
          return
        }
        findings.parts += try ConversationReader.parts(in: conversation, of: watched)
        if ConversationReader.isOver(conversation) { findings.closed.insert(id) }
      }
    }
    findings.standings = try await readUsersNow(&findings)
    return findings
  }

  /// Reads where users stand now.
  ///
  /// - Throws: `CancellationError`.
  func readUsersNow() async throws -> Findings {
    var findings = Findings()
    findings.standings = try await readUsersNow(&findings)
    return findings
  }

  private func readUsersNow(_ findings: inout Findings) async throws -> [UserStanding] {
    if share.topics == [.conversations] { return [] }
    var standings: [UserStanding] = []
    for users in queries {
      try await attempt(&findings) { _ in
        for json in try await api.users(users) {
          standings += watched(UserReader.standings(of: json), of: json.uuid("id"))
        }
      }
    }
    return standings
  }

  private func readPast(
    of users: ArraySlice<UUIDBits>, _ findings: inout Findings
  ) async throws {
    try await attempt(&findings) { findings in
      try await api.details(
        "/api/v2/analytics/users/details/query", filters: "userFilters", list: "userDetails",
        of: users, since: since
      ) { json in
        findings.pastStandings += watched(UserReader.history(of: json), of: json.uuid("userId"))
          .filter { $0.standing.time.map { $0 >= since } ?? false }
      }
    }
  }

  private var queries: [ArraySlice<UUIDBits>] {
    stride(from: 0, to: share.users.count, by: Self.usersPerQuery).map {
      share.users[$0..<min($0 + Self.usersPerQuery, share.users.count)]
    }
  }

  private func watched(
    _ standings: [(WatchedTopic, UserReader.Standing)], of user: UUIDBits?
  ) -> [UserStanding] {
    guard let user else { return [] }
    return standings.filter { share.topics.contains($0.0) }
      .map { UserStanding(user: user, topic: $0.0, standing: $0.1) }
  }

  private func attempt(
    _ findings: inout Findings, _ body: (inout Findings) async throws -> Void
  ) async throws {
    do {
      try await body(&findings)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      findings.failures.append("\(error)")
    }
  }
}

extension BackFill.Findings {
  /// What analytics tell.
  var past: Self {
    var past = self
    (past.parts, past.standings) = ([], [])
    return past
  }

  /// How things stand now.
  var present: Self {
    var present = Self()
    (present.parts, present.standings) = (parts, standings)
    return present
  }

  /// What is new of it, in the order in which it happened.
  func news(notIn memory: inout ObservationMemory) -> [ObservedState] {
    var states = histories.flatMap { memory.see($0) }
    states += news(of: pastStandings, &memory)
    states += parts.compactMap { memory.see($0.now, of: $0.part) }
    states += news(of: standings, &memory)
    // What has no time comes last: it is how things stand. The sort is stable.
    return states.enumerated().sorted { one, other in
      let times = (
        one.element.time?.nanoseconds ?? .max, other.element.time?.nanoseconds ?? .max
      )
      return times.0 == times.1 ? one.offset < other.offset : times.0 < times.1
    }.map(\.element)
  }

  private func news(
    of standings: [BackFill.UserStanding], _ memory: inout ObservationMemory
  ) -> [ObservedState] {
    let subjects = Dictionary(grouping: standings.enumerated()) {
      ObservationMemory.Subject(user: $0.element.user, topic: $0.element.topic)
    }
    return subjects.sorted { ($0.value[0].offset) < ($1.value[0].offset) }.flatMap { subject in
      memory.see(subject.value.map(\.element.standing), of: subject.key)
    }
  }
}
