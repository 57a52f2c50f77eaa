import PatchbayCore

/// One well-formed event of a request.
struct WorkspaceEvent: Equatable {
  /// Unique; compared by its bytes, as Swift's strings are not.
  var sequenceID: [UInt8]
  var timestamp: Timestamp
  var interactionID: UUIDBits
  var agentID: UUIDBits
  var state: String

  var sequenceText: String { String(decoding: sequenceID, as: UTF8.self) }
}
