import PatchbayCore

/// What a keeper tells: a state that was seen, or a message that couldn't be read.
enum ObservedEvent: Sendable {
  /// A notification told of it, at a time.
  case notified(ObservedState, at: Timestamp)
  /// It was read after a gap.
  case filled(ObservedState, at: Timestamp)
  /// A message is malformed.
  case unreadable(String)
}
