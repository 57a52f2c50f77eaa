import PatchbayCore

/// What a channel's keeper hears of; channels that take each other's place have rising numbers.
enum WatchSignal: Sendable {
  /// A channel's socket is open.
  case opened(Int, NotificationAPI.Channel)
  /// A message came.
  case message(Int, Arrival)
  /// Another channel is due to take a channel's place.
  case renewal(Int)
  /// A channel that was open has ended, by no wish of ours.
  case ended(Int, String)
  /// A channel couldn't be opened; finally, if it was refused and didn't only fail.
  case failed(Int, String, isFinal: Bool)
  /// What happened while nobody listened has been read.
  case filled(BackFill.Findings)
  /// It is to end.
  case stop
}
