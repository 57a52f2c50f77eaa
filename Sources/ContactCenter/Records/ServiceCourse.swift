import ContactModel
import PatchbayCore

/// The events in which a service is told, or what else is told of an agent: which states, at which of its times.
enum ServiceCourse {
  /// A time of a service.
  enum Moment: UInt8 {
    case offered
    case connected
    case ended
    /// When the work after it was done; without any, when it ended.
    case wrapped
  }

  /// One event of a service.
  struct Step {
    let moment: Moment
    /// The state's place in `states`.
    let state: Int
    /// Whether it is the agent's alone, and no part of the interaction.
    let isOfAgentAlone: Bool

    fileprivate init(_ moment: Moment, _ state: String, isOfAgentAlone: Bool = false) {
      self.moment = moment
      self.state = ServiceCourse.states.firstIndex(of: state) ?? 0
      self.isOfAgentAlone = isOfAgentAlone
    }

    fileprivate init(_ presence: SystemPresence) {
      self.init(.offered, presence.state, isOfAgentAlone: true)
    }
  }

  /// All states that are told.
  static let states =
    [
      AgentState.busy, AgentState.connected, AgentState.disconnected, AgentState.wrapping,
      AgentState.available, PlatformState.notResponding, PlatformState.held, PlatformState.alerting,
      PlatformState.connected, PlatformState.disconnected, PlatformState.wrappedUp,
      PlatformState.terminated,
    ] + SystemPresence.allCases.map(\.state)

  /// All courses that there are; services know theirs by its number.
  static let all: [[Step]] = {
    let arrival = Step(SystemPresence.onQueue)
    let talk = [
      Step(.offered, PlatformState.alerting), Step(.connected, PlatformState.connected),
    ]
    let over = [Step(.ended, PlatformState.terminated)]
    let work = [
      Step(.ended, PlatformState.disconnected), Step(.wrapped, PlatformState.wrappedUp),
    ]
    let left = [
      Step(.offered, PlatformState.alerting), Step(.ended, PlatformState.notResponding),
    ]
    return [
      [
        Step(.offered, AgentState.busy), Step(.connected, AgentState.connected),
        Step(.ended, AgentState.disconnected), Step(.ended, AgentState.wrapping),
        Step(.wrapped, AgentState.available),
      ],
      [Step(.offered, AgentState.busy), Step(.ended, AgentState.available)],
      // Desktops have no word for presences.
      [],
      talk + over, [arrival] + talk + over, talk + work, [arrival] + talk + work, left,
      [arrival] + left,
    ] + SystemPresence.allCases.map { [Step($0)] }
  }()

  private static let firstPresence = 9

  /// A step at its time.
  struct TimedStep {
    let step: Step
    let time: Timestamp
  }

  /// A service's course with its holds between answer and end; empty where terms have no word for them.
  static func withHolds(of service: Service, _ course: Int, _ terms: ServiceTerms) -> [TimedStep] {
    if terms == .agentDesktop || service.holds.isEmpty { return [] }
    let steps = all[course].map { TimedStep(step: $0, time: service.time($0.moment)) }
    let answer = all[course].firstIndex { $0.moment == .connected } ?? 0
    let holds = service.holds.flatMap { hold -> [TimedStep] in
      let held = TimedStep(step: Step(.connected, PlatformState.held), time: hold.start)
      // Who is on hold when it ends isn't talked to again.
      if hold.end >= service.ended { return [held] }
      return [held, TimedStep(step: Step(.connected, PlatformState.connected), time: hold.end)]
    }
    return steps[...answer] + holds + steps[(answer + 1)...]
  }

  /// The course of a service, by its number.
  ///
  /// - Parameter isFirst: whether nothing has been told of the agent before.
  static func number(of service: Service, isFirst: Bool, _ terms: ServiceTerms) -> Int {
    switch (terms, service.kind) {
    case (.agentDesktop, .served): 0
    case (.agentDesktop, .unanswered): 1
    case (.agentDesktop, .presence): 2
    case (.genesysCloud, .served): 3 + (isFirst ? 1 : 0) + (service.wrapped == nil ? 0 : 2)
    case (.genesysCloud, .unanswered): isFirst ? 8 : 7
    case (.genesysCloud, .presence(let presence)):
      firstPresence + (SystemPresence.allCases.firstIndex(of: presence) ?? 0)
    }
  }
}

extension Service {
  /// One of its times.
  func time(_ moment: ServiceCourse.Moment) -> Timestamp {
    switch moment {
    case .offered: offered
    case .connected: connected
    case .ended: ended
    case .wrapped: wrapped ?? ended
    }
  }
}
