/// How full the channel before a stage is.
public struct ChannelGauge: Sendable, Equatable {
  /// Batches that wait.
  public var batches: Int
  /// Events that wait.
  public var events: Int
  /// How many batches may wait before senders have to.
  public var credits: Int
  /// How long senders have waited for room since the start of the run, all together, in real time.
  public var blockedNanoseconds: Int64
}
