import PatchbayCore

/// What a channel's keeper hears of; channels that take each other's place have rising numbers.
enum WatchSignal: Sendable {
  /// A channel's socket is open since a time.
  case opened(Int, at: Timestamp)
  /// A message came.
  case message(Int, Arrival)
  /// Another channel is due to take a channel's place.
  case renewal(Int)
  /// A channel that was open has ended, read to its end or not.
  case ended(Int, String, isWhole: Bool)
  /// A channel couldn't be opened; finally, if it would be refused again.
  case failed(Int, String, isFinal: Bool)
  /// What happened while nobody listened since a time has been read.
  case filled(BackFill.Findings, since: Timestamp)
  /// What was told when that was read is under way by now.
  case due(since: Timestamp)
  /// It has come by now, or nobody says so.
  case settled(since: Timestamp)
  /// It is to end.
  case stop
}
