import PatchbayCore

/// Who is in an interaction beside the agent whose event it is, as far as the platform was told.
///
/// A customer comes before the first offer and goes when the last agent has been left by them; a queue
/// has them from an offer until it is answered.
struct InteractionBook: Sendable {
  private struct Parties: Sendable {
    var hasCustomer = false
    /// The queue's part, while it lasts.
    var queue: UUIDBits?
    /// The agents' parts that aren't over.
    var agents: Set<UUIDBits> = []
  }

  private var interactions: [UUIDBits: Parties] = [:]

  /// A step of an agent with those of the others before and after it.
  ///
  /// - Parameter queue: the communication of a queue's part, if an offer comes through one.
  func steps(
    around step: PlatformStep, of interaction: UUIDBits, queue: UUIDBits?
  ) -> [PlatformStep] {
    let parties = interactions[interaction] ?? Parties()
    let customer = Self.customer(of: interaction)
    switch step.kind {
    case .established(let alerting):
      var steps: [PlatformStep] = []
      if !parties.hasCustomer {
        steps.append(PlatformStep(kind: .customerEstablished, communication: customer))
      }
      if alerting, parties.queue == nil, let queue {
        steps.append(PlatformStep(kind: .queueEstablished, communication: queue))
      }
      return steps + [step]
    case .answered:
      return [step]
        + (parties.queue.map { [PlatformStep(kind: .partyEnded("Transfer"), communication: $0)] }
          ?? [])
    case .ended("Peer"):
      // The customer has hung up, unless they are with another agent.
      guard parties.hasCustomer, parties.agents.subtracting([step.communication]).isEmpty else {
        return [step]
      }
      let queue = parties.queue.map {
        PlatformStep(kind: .partyEnded("Peer"), communication: $0)
      }
      return [step] + [queue].compactMap { $0 }
        + [PlatformStep(kind: .partyEnded("Self"), communication: customer)]
    default: return [step]
    }
  }

  /// Notes that a step was, or may have been, taken.
  mutating func note(_ step: PlatformStep, of interaction: UUIDBits) {
    switch step.kind {
    case .customerEstablished: interactions[interaction, default: Parties()].hasCustomer = true
    case .queueEstablished:
      interactions[interaction, default: Parties()].queue = step.communication
    case .established:
      interactions[interaction, default: Parties()].agents.insert(step.communication)
    case .ended: interactions[interaction]?.agents.remove(step.communication)
    case .partyEnded:
      if interactions[interaction]?.queue == step.communication {
        interactions[interaction]?.queue = nil
      } else {
        interactions[interaction] = nil
      }
    case .presence, .routingStatus, .answered, .held, .wrappedUp: break
    }
  }

  /// The communication of an interaction's customer: a function of its id, so that it needs no memory.
  private static func customer(of interaction: UUIDBits) -> UUIDBits {
    var random = KeyedRandom(
      seed: interaction.high, purpose: "genesys-events customer", interaction.low)
    return .version4(using: &random)
  }
}
