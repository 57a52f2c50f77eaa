/// One event of a simulated agent, before it has ids and a time.
package struct ScenarioStep: Sendable, Equatable {
  /// What it is about.
  package enum Subject: Sendable, Equatable {
    /// The agent alone.
    case agent
    /// The interaction at hand.
    case interaction
    /// Another one beside it.
    case secondInteraction
  }

  let state: String
  let subject: Subject

  init(_ state: String, _ subject: Subject = .interaction) {
    self.state = state
    self.subject = subject
  }
}
