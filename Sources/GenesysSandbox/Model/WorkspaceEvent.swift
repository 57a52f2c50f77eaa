package import PatchbayCore

/// One well-formed event of a request.
package struct WorkspaceEvent: Equatable {
  /// Unique; compared by its bytes, as Swift's strings are not.
  package var sequenceID: [UInt8]
  package var timestamp: Timestamp
  package var interactionID: UUIDBits
  package var agentID: UUIDBits
  package var state: String

  package init(
    sequenceID: [UInt8], timestamp: Timestamp, interactionID: UUIDBits, agentID: UUIDBits,
    state: String
  ) {
    self.sequenceID = sequenceID
    self.timestamp = timestamp
    self.interactionID = interactionID
    self.agentID = agentID
    self.state = state
  }

  package var sequenceText: String { String(decoding: sequenceID, as: UTF8.self) }
}
