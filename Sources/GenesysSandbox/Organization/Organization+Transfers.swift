import PatchbayCore

/// Transfers that are injected: whoever injects them says what comes of them.
extension Organization {
  /// Notes that a transfer was begun, between communications that must be there.
  mutating func beginTransfer(
    _ command: UUIDBits, in id: UUIDBits, between communications: [UUIDBits]
  ) throws(Impossible) {
    guard let conversation = conversations[id] else {
      throw Impossible("there is no conversation [\(id)]", .isMissing)
    }
    for communication in communications {
      guard let index = conversation.index(of: communication) else {
        throw Impossible("conversation [\(id)] has no communication [\(communication)]")
      }
      if conversation.communications[index].isOver {
        throw Impossible("communication [\(communication)] is disconnected")
      }
    }
    if !(conversations[id]?.transfers.insert(command).inserted ?? false) {
      throw Impossible("transfer [\(command)] was begun already")
    }
  }

  /// Notes that a transfer went on, or ended.
  mutating func goOnWithTransfer(
    _ command: UUIDBits, in id: UUIDBits, isOver: Bool
  ) throws(Impossible) {
    guard conversations[id] != nil else {
      throw Impossible("there is no conversation [\(id)]", .isMissing)
    }
    guard conversations[id]?.transfers.contains(command) ?? false else {
      throw Impossible("conversation [\(id)] has no transfer [\(command)] in progress")
    }
    if isOver { conversations[id]?.transfers.remove(command) }
  }
}
