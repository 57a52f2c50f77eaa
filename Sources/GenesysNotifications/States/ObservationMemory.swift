package import PatchbayCore

/// What was seen before, so that every state is told once: a notification tells all of a conversation at
/// every change of it, and what is read after a gap overlaps with what was notified.
package struct ObservationMemory: Sendable {
  /// A kind of state of a user.
  package struct Subject: Hashable, Sendable {
    let user: UUIDBits
    let topic: WatchedTopic

    package init(user: UUIDBits, topic: WatchedTopic) {
      self.user = user
      self.topic = topic
    }
  }

  /// The parts that are remembered.
  private static let mostParts = 200_000
  /// The latest states that are remembered of a subject.
  private static let mostStandings = 4_096
  /// How far apart two reports of the same change may say that it was: analytics round otherwise.
  static let tolerance = Duration.seconds(1)
  /// How long before the beginning something may have happened that is told as new: nobody's clock is exactly
  /// the platform's.
  private static let margin = Duration.seconds(60)

  private let begin: Timestamp
  private var parts = BoundedTable<ConversationPart, PartMemory>(capacity: mostParts)
  private var standings: [Subject: [UserReader.Standing]] = [:]

  /// - Parameter begin: when somebody began to watch; what was long before isn't news, whoever tells it.
  package init(begin: Timestamp) {
    self.begin = begin
  }

  /// The conversations with parts of which more may come.
  package var openConversations: Set<UUIDBits> {
    Set(parts.keysAndValues.filter { !$0.value.isFinished }.map(\.key.conversation))
  }

  // MARK: Conversations

  /// Takes in where a part stands now; nil if that is known.
  package mutating func see(_ now: TimedStep, of part: ConversationPart) -> ObservedState? {
    let state = parts.change(part, else: PartMemory()) { known -> ObservedState? in
      // When a hold ended isn't said, only when the talk began.
      let isAgain = now.step == .connected && !known.holds.isEmpty
      return known.note(TimedStep(step: now.step, time: isAgain ? nil : now.time), of: part)
    }
    return isNews(now.time) ? state : nil
  }

  /// Takes in all that a part went through; gives what isn't known of it.
  package mutating func see(_ history: DetailsReader.History) -> [ObservedState] {
    parts.change(history.part, else: PartMemory()) { known in
      known.followHolds(history.steps, within: Self.tolerance)
      var holds = 0
      return history.steps.compactMap { timed in
        if timed.step == .held { holds += 1 }
        return known.note(timed, of: history.part, afterHolds: holds)
      }
    }.filter { isNews($0.time) }
  }

  /// Notes that nothing more comes of a conversation.
  mutating func close(_ conversation: UUIDBits) {
    for part in parts.keysAndValues.keys where part.conversation == conversation {
      parts.change(part, else: PartMemory()) { $0.close() }
    }
  }

  private func isNews(_ time: Timestamp?) -> Bool {
    time.map { $0 > begin.advanced(by: .zero - Self.margin) } ?? true
  }

  // MARK: Users

  /// Takes in a user's state that was notified; nil if it is known.
  package mutating func see(
    _ standing: UserReader.Standing, _ topic: WatchedTopic, of user: UUIDBits
  ) -> ObservedState? {
    let subject = Subject(user: user, topic: topic)
    let known = standings[subject] ?? []
    let isKnown =
      standing.time == nil ? known.last == standing : known.contains { $0 == standing }
    if isKnown { return nil }
    remember(standing, of: subject)
    return isNews(standing.time) ? standing.observed(of: user) : nil
  }

  /// Takes in states that were read, which may say otherwise by a little when they began; gives what isn't
  /// known of them.
  package mutating func see(
    _ read: [UserReader.Standing], of subject: Subject
  ) -> [ObservedState] {
    var known = standings[subject] ?? []
    var news: [ObservedState] = []
    for standing in read {
      // Each of those that are known is one of those that were read at most.
      if let index = known.firstIndex(where: { $0.isSame(as: standing, within: Self.tolerance) }) {
        known.remove(at: index)
        continue
      }
      remember(standing, of: subject)
      if isNews(standing.time) { news.append(standing.observed(of: subject.user)) }
    }
    return news
  }

  private mutating func remember(_ standing: UserReader.Standing, of subject: Subject) {
    standings[subject, default: []].append(standing)
    if standings[subject, default: []].count > Self.mostStandings {
      standings[subject, default: []].removeFirst(Self.mostStandings / 8)
    }
  }
}

extension UserReader.Standing {
  fileprivate func isSame(as other: Self, within tolerance: Duration) -> Bool {
    guard state == other.state else { return false }
    guard let time, let otherTime = other.time else { return time == other.time }
    return time.isNear(otherTime, within: tolerance)
  }

  fileprivate func observed(of user: UUIDBits) -> ObservedState {
    let milliseconds = time.map { "\($0.nanoseconds / 1_000_000)" } ?? "-"
    return ObservedState(
      user: user, conversation: nil, state: state, time: time,
      id: "\(user):\(state):\(milliseconds)")
  }
}

extension Timestamp {
  /// Whether two reports of one moment may differ so.
  func isNear(_ other: Timestamp, within tolerance: Duration) -> Bool {
    let apart = since(other)
    return apart <= tolerance && apart >= .zero - tolerance
  }
}
