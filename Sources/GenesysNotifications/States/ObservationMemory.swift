package import PatchbayCore

/// What was seen before, so that every state is told once: a notification tells all of a conversation at
/// every change of it, and what is read after a gap overlaps with what was notified.
package struct ObservationMemory: Sendable {
  /// A kind of state of a user.
  private struct Subject: Hashable, Sendable {
    let user: UUIDBits
    let topic: WatchedTopics
  }

  /// The parts that are remembered.
  private static let mostParts = 200_000
  /// The latest states that are remembered of a subject.
  private static let mostStandings = 64
  /// How far apart two reports of the same change may say that it was: analytics round otherwise.
  private static let tolerance = Duration.seconds(1)

  private var parts = BoundedTable<ConversationPart, PartMemory>(capacity: mostParts)
  private var standings: [Subject: [UserReader.Standing]] = [:]

  /// The conversations with parts of which more may come.
  package var openConversations: Set<UUIDBits> {
    Set(
      parts.keysAndValues.filter { !$0.value.isFinished }.map(\.key.conversation))
  }

  package init() {}

  // MARK: Conversations

  /// Takes in where a part stands now; nil if that is known.
  package mutating func see(_ now: TimedStep, of part: ConversationPart) -> ObservedState? {
    parts.change(part, else: PartMemory()) { known in
      // When a hold ended isn't said, only when the talk began.
      let isAgain = now.step == .connected && !known.holds.isEmpty
      return known.note(TimedStep(step: now.step, time: isAgain ? nil : now.time), of: part)
    }
  }

  /// Takes in all that a part went through; gives what isn't known of it.
  package mutating func see(_ history: DetailsReader.History) -> [ObservedState] {
    parts.change(history.part, else: PartMemory()) { known in
      known.followHolds(history.steps)
      var holds = 0
      return history.steps.compactMap { timed in
        if timed.step == .held { holds += 1 }
        return known.note(timed, of: history.part, afterHolds: holds)
      }
    }
  }

  // MARK: Users

  /// Takes in a user's state; nil if it is known.
  package mutating func see(
    _ standing: UserReader.Standing, _ topic: WatchedTopics, of user: UUIDBits
  ) -> ObservedState? {
    var known = standings[Subject(user: user, topic: topic)] ?? []
    if known.contains(where: { $0.isSame(as: standing, within: Self.tolerance) }) { return nil }
    known.append(standing)
    if known.count > Self.mostStandings { known.removeFirst() }
    standings[Subject(user: user, topic: topic)] = known
    return standing.observed(of: user)
  }
}

extension UserReader.Standing {
  fileprivate func isSame(as other: Self, within tolerance: Duration) -> Bool {
    guard state == other.state else { return false }
    guard let time, let otherTime = other.time else { return time == other.time }
    let apart = time.since(otherTime)
    return apart <= tolerance && apart >= .zero - tolerance
  }

  fileprivate func observed(of user: UUIDBits) -> ObservedState {
    let milliseconds = time.map { "\($0.nanoseconds / 1_000_000)" } ?? "-"
    return ObservedState(
      user: user, conversation: nil, state: state, time: time,
      id: "\(user):\(state):\(milliseconds)")
  }
}
