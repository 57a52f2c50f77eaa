import ContactModel
import PatchbayCore

extension Organization {
  /// Lets an event happen.
  ///
  /// - Throws: if it can't, as things stand; then nothing has changed.
  mutating func apply(_ event: PlatformEvent) throws(Impossible) {
    switch event.kind {
    case .presence(let user, let definition, let message):
      guard let presence = catalog.presence(definition) else {
        throw Impossible("there is no presence definition [\(definition)]")
      }
      try set(presence: AgentPresence(presence), message: message, of: user, at: event.time)
    case .routingStatus(let agent, let status):
      try set(status: status, of: agent, at: event.time)
    case .established(let conversation, let establishment):
      try establish(establishment, in: conversation, at: event.time)
    case .changed(let conversation, let communication, let change):
      // Where the sandbox sees to who takes a conversation, it sees to what an end means, too.
      if case .ended(let type) = change, conversations[conversation]?.isRouted ?? false {
        try hangUp(communication, of: conversation, type, at: event.time)
      } else {
        try self.change(communication, of: conversation, change, at: event.time)
      }
    case .transferBegun(let conversation, let command, let communications):
      try beginTransfer(command, in: conversation, between: communications)
    case .transferProgressed(let conversation, let command):
      try goOnWithTransfer(command, in: conversation, isOver: false)
    case .transferEnded(let conversation, let command):
      try goOnWithTransfer(command, in: conversation, isOver: true)
    case .keyFigure(let conversation, let agent):
      guard conversations[conversation] != nil else {
        throw Impossible("there is no conversation [\(conversation)]", .isMissing)
      }
      guard agents[agent] != nil else {
        throw Impossible("there is no user [\(agent)]", .isMissing)
      }
    }
  }
}
