import PatchbayCore
import PatchbayJSON

/// Reads what happened while nobody listened, since notifications are kept for nobody.
///
/// Analytics tell all that happened, some of it late; users and conversations tell at once how things stand.
struct BackFill: Sendable {
  /// What was read, in no order.
  struct Findings: Sendable {
    var histories: [DetailsReader.History] = []
    var parts: [(part: ConversationPart, now: TimedStep)] = []
    var standings: [(user: UUIDBits, topic: WatchedTopics, standing: UserReader.Standing)] = []
    /// What couldn't be read, as sentences.
    var failures: [String] = []
  }

  /// How many users a query is about.
  private static let usersPerQuery = 100
  /// How much further back than the gap is read: nobody's clock is exactly the platform's.
  private static let margin = Duration.seconds(60)

  let api: NotificationAPI
  let share: ChannelShare
  /// When somebody last listened.
  let start: Timestamp
  /// When somebody listened again.
  ///
  /// How things have stood since comes by notifications, step by step; to read it here would tell the last
  /// step before those that led there.
  let end: Timestamp
  /// The conversations of which more may have come.
  let open: Set<UUIDBits>

  /// Reads everything.
  ///
  /// - Throws: `CancellationError`; what couldn't be read is among the findings.
  func read() async throws -> Findings {
    var findings = Findings()
    let since = start.advanced(by: .zero - Self.margin)
    var conversations = open
    for first in stride(from: 0, to: share.users.count, by: Self.usersPerQuery) {
      let users = share.users[first..<min(first + Self.usersPerQuery, share.users.count)]
      if share.topics.contains(.conversations) {
        try await attempt(&findings) { findings in
          let details = try await api.details(
            "/api/v2/analytics/conversations/details/query", filters: "segmentFilters",
            list: "conversations", of: users, since: since)
          for json in details {
            guard let read = DetailsReader.read(json, watching: Set(users)) else { continue }
            findings.histories += read.histories
            if read.isOpen { conversations.insert(read.conversation) }
          }
        }
      }
      if share.topics != [.conversations] { try await readUsers(users, since: since, &findings) }
    }
    for id in conversations.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
      try await attempt(&findings) { findings in
        guard let conversation = try await api.conversation(id) else { return }
        for user in share.users {
          findings.parts += try ConversationReader.parts(in: conversation, of: user)
            .filter { $0.now.time.map { $0 < end } ?? false }
        }
      }
    }
    return findings
  }

  private func readUsers(
    _ users: ArraySlice<UUIDBits>, since: Timestamp, _ findings: inout Findings
  ) async throws {
    let topics = Set(share.topics)
    try await attempt(&findings) { findings in
      let details = try await api.details(
        "/api/v2/analytics/users/details/query", filters: "userFilters", list: "userDetails",
        of: users, since: since)
      for json in details {
        guard let user = json["userId"]?.string.flatMap({ UUIDBits(lowercase: Array($0.utf8)) })
        else { continue }
        for (topic, standing) in UserReader.history(of: json)
        where topics.contains(topic) && standing.time.map({ $0 >= since }) ?? false {
          findings.standings.append((user, topic, standing))
        }
      }
    }
    try await attempt(&findings) { findings in
      for json in try await api.users(users) {
        guard let user = json["id"]?.string.flatMap({ UUIDBits(lowercase: Array($0.utf8)) })
        else { continue }
        for (topic, standing) in UserReader.standings(of: json)
        where topics.contains(topic) && standing.time.map({ $0 >= since && $0 < end }) ?? false {
          findings.standings.append((user, topic, standing))
        }
      }
    }
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
  /// What is new of it, in the order in which it happened.
  ///
  /// - Parameter begin: when it began to be watched; what was before is known from then on, and isn't told.
  func states(notIn memory: inout ObservationMemory, since begin: Timestamp) -> [ObservedState] {
    var states = histories.flatMap { memory.see($0) }
    states += parts.compactMap { memory.see($0.now, of: $0.part) }
    states += standings.compactMap { memory.see($0.standing, $0.topic, of: $0.user) }
    states.removeAll { $0.time.map { $0 < begin } ?? false }
    // What has no time comes last: it is how things stand. The sort is stable.
    return states.enumerated().sorted { one, other in
      let times = (one.element.time?.nanoseconds ?? .max, other.element.time?.nanoseconds ?? .max)
      return times.0 == times.1 ? one.offset < other.offset : times.0 < times.1
    }.map(\.element)
  }
}
