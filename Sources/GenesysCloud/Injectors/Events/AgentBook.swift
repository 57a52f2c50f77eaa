import ContactModel
package import PatchbayCore

/// What the platform has been told of each agent, so that the next event can be put in its terms.
///
/// Its size is bounded by the agents and the interactions that they have open.
package struct AgentBook: Sendable {
  /// An offer to an agent, until nothing more can come of it.
  fileprivate struct Leg: Sendable {
    let communication: UUIDBits
    var isConnected: Bool
    var isHeld = false
    var isOver = false
  }

  fileprivate struct Agent: Sendable {
    var isOnQueue: Bool?
    var status: RoutingStatus?
    /// By interaction; an agent may have one interaction twice, as real call logs show.
    var legs: [UUIDBits: [Leg]] = [:]

    /// Whether a conversation, or the work after it, keeps the agent busy.
    var isOccupied: Bool {
      legs.values.contains { $0.contains { $0.isConnected } }
    }
  }

  private let sendsAfterCallWork: Bool
  private let wrapUpCode: String
  private let parties: GenesysEventsInjector.Parties
  /// Whether interactions come through a queue where nothing else is said.
  private let hasQueue: Bool
  private var agents: [UUIDBits: Agent] = [:]
  /// Who is there beside agents; kept where that is told.
  private var interactions = InteractionBook()

  package init(
    sendsAfterCallWork: Bool, wrapUpCode: String, parties: GenesysEventsInjector.Parties = .agent,
    hasQueue: Bool = false
  ) {
    self.sendsAfterCallWork = sendsAfterCallWork
    self.wrapUpCode = wrapUpCode
    self.parties = parties
    self.hasQueue = hasQueue
  }

  // MARK: Asking

  /// What is to be sent for a state; nil if the state isn't known.
  ///
  /// - Parameters:
  ///   - offer: the communication that a new offer is given.
  ///   - queue: the communication that the queue's part before it is given.
  package func steps(
    for state: String, _ subject: PlatformStep.Subject, offer: UUIDBits, queue: UUIDBits? = nil
  ) -> [PlatformStep]? {
    let agent = agents[subject.agent] ?? Agent()
    let leg = subject.interaction.flatMap { agent.legs[$0]?.last }
    let kinds = kinds(for: state, agent, leg)
    let steps = kinds.map { kinds in
      kinds.map { kind in
        var communication = leg?.communication ?? offer
        if case .established = kind { communication = offer }
        return PlatformStep(kind: kind, communication: communication)
      }
    }
    guard parties == .all, let interaction = subject.interaction else { return steps }
    let comesThroughQueue = hasQueue || subject.contact?.queue != nil
    return steps?.flatMap {
      interactions.steps(around: $0, of: interaction, queue: comesThroughQueue ? queue : nil)
    }
  }

  private func kinds(for state: String, _ agent: Agent, _ leg: Leg?) -> [PlatformStep.Kind]? {
    if let presence = SystemPresence(state: state) { return steps(to: presence, agent) }
    if let status = RoutingStatus(state: state) { return [.routingStatus(status)] }
    return participant(state, agent, leg) ?? desktop(state, agent, leg)
  }

  private func steps(to presence: SystemPresence, _ agent: Agent) -> [PlatformStep.Kind] {
    let status: RoutingStatus =
      presence != .onQueue ? .offQueue : agent.isOccupied ? .interacting : .idle
    return [.presence(presence), .routingStatus(status)]
  }

  private func participant(
    _ state: String, _ agent: Agent, _ leg: Leg?
  ) -> [PlatformStep.Kind]? {
    switch state {
    case PlatformState.alerting: return [.established(alerting: true)]
    case PlatformState.connected:
      guard let leg, !leg.isOver else {
        return [.established(alerting: false)] + becoming(.interacting, agent)
      }
      if leg.isHeld { return [.held(false)] }
      return [.answered] + becoming(.interacting, agent)
    case PlatformState.held: return [.held(true)]
    case PlatformState.disconnected: return [.ended("Peer")]
    case PlatformState.terminated: return ending("Peer", agent, leg)
    case PlatformState.transferred: return ending("Transfer", agent, leg)
    case PlatformState.notResponding:
      return [.ended("System")] + becoming(.notResponding, agent)
    case PlatformState.wrappedUp:
      return [.wrappedUp(code: wrapUpCode)] + idle(agent, without: leg)
    case PlatformState.wrapUpSkipped:
      return [.wrappedUp(code: nil)] + idle(agent, without: leg)
    default: return nil
    }
  }

  /// The five states of the tutorial.
  private func desktop(_ state: String, _ agent: Agent, _ leg: Leg?) -> [PlatformStep.Kind]? {
    switch state {
    case AgentState.available:
      guard let leg else { return arrival(agent) }
      if !leg.isOver {
        // The offer was turned down.
        return [.ended("Self")] + becoming(.notResponding, agent) + [.routingStatus(.idle)]
      }
      return (sendsAfterCallWork ? [.wrappedUp(code: wrapUpCode)] : [])
        + idle(agent, without: leg)
    case AgentState.busy: return arrival(agent, isIdle: false) + [.established(alerting: true)]
    case AgentState.connected: return participant(PlatformState.connected, agent, leg)
    case AgentState.disconnected:
      return leg == nil ? [] : [.ended("Peer")]
    // The platform has no event for it: it is the time until the disposition.
    case AgentState.wrapping: return []
    default: return nil
    }
  }

  /// Brings an agent on queue who isn't known to be.
  private func arrival(_ agent: Agent, isIdle: Bool = true) -> [PlatformStep.Kind] {
    if agent.isOnQueue ?? false {
      return isIdle && !agent.isOccupied && agent.status != .idle ? [.routingStatus(.idle)] : []
    }
    return steps(to: .onQueue, agent)
  }

  /// Ends an interaction that no after-call work follows; what was promised is left out.
  private func ending(_ type: String, _ agent: Agent, _ leg: Leg?) -> [PlatformStep.Kind] {
    let skips = sendsAfterCallWork && leg?.isConnected ?? false
    return [.ended(type)] + (skips ? [.wrappedUp(code: nil)] : []) + idle(agent, without: leg)
  }

  private func idle(_ agent: Agent, without leg: Leg?) -> [PlatformStep.Kind] {
    var rest = agent
    for (interaction, legs) in agent.legs {
      rest.legs[interaction] = legs.filter { $0.communication != leg?.communication }
    }
    guard agent.isOccupied, !rest.isOccupied else { return [] }
    return becoming(.idle, agent)
  }

  /// A routing status, if the agent is on queue and hasn't got it.
  private func becoming(_ status: RoutingStatus, _ agent: Agent) -> [PlatformStep.Kind] {
    agent.isOnQueue ?? false && agent.status != status ? [.routingStatus(status)] : []
  }

  // MARK: Telling

  /// Notes that a step was, or may have been, taken.
  package mutating func note(_ step: PlatformStep, _ subject: PlatformStep.Subject) {
    agents[subject.agent, default: Agent()].take(
      step, subject.interaction, keepsAfterCallWork: sendsAfterCallWork)
    if parties == .all, let interaction = subject.interaction {
      interactions.note(step, of: interaction)
    }
  }
}

extension AgentBook.Agent {
  fileprivate mutating func take(
    _ step: PlatformStep, _ interaction: UUIDBits?, keepsAfterCallWork: Bool
  ) {
    switch step.kind {
    case .presence(let presence):
      isOnQueue = presence == .onQueue
      status = nil
    case .routingStatus(let status): self.status = status
    case .established(let alerting):
      guard let interaction else { return }
      legs[interaction, default: []].append(
        .init(communication: step.communication, isConnected: !alerting))
    case .answered: change(step.communication, interaction) { $0.isConnected = true }
    case .held(let isHeld): change(step.communication, interaction) { $0.isHeld = isHeld }
    case .ended:
      change(step.communication, interaction) { $0.isOver = true }
      guard let interaction, let leg = legs[interaction]?.last else { return }
      if !keepsAfterCallWork || !leg.isConnected { remove(step.communication, interaction) }
    case .wrappedUp: remove(step.communication, interaction)
    case .customerEstablished, .queueEstablished, .partyEnded: break
    }
  }

  private mutating func change(
    _ communication: UUIDBits, _ interaction: UUIDBits?, _ body: (inout AgentBook.Leg) -> Void
  ) {
    guard let interaction,
      let index = legs[interaction]?.lastIndex(where: { $0.communication == communication })
    else { return }
    body(&legs[interaction, default: []][index])
  }

  private mutating func remove(_ communication: UUIDBits, _ interaction: UUIDBits?) {
    guard let interaction else { return }
    legs[interaction]?.removeAll { $0.communication == communication }
    if legs[interaction]?.isEmpty ?? false { legs[interaction] = nil }
  }
}
