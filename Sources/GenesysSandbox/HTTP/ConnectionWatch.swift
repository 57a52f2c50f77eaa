import NIOCore

/// Ends a connection whose client keeps it waiting: with a request that never becomes whole, with
/// answers that it doesn't read, or with nothing for long.
///
/// In real time: a client lives in it.
final class ConnectionWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What is waited for.
  private enum State {
    /// The first byte of a request. Next: `request`.
    case client
    /// The rest of it. Next: `service`.
    case request
    /// The answer. Next: `client`.
    case service
  }

  /// How long a client may take for a request, or to read what it was answered.
  static let patience = TimeAmount.seconds(60)
  /// How long a connection may say nothing; longer than clients keep them, so that it isn't closed
  /// under a request.
  static let idleTime = TimeAmount.minutes(10)

  private static let interval = TimeAmount.seconds(5)

  private var state = State.client
  private var since = NIODeadline.now()
  /// Since when answers haven't left.
  private var stuckSince: NIODeadline?
  private var task: RepeatedTask?

  /// The request that had begun is whole.
  func requestIsWhole() { enter(.service) }

  /// It is answered.
  func requestIsAnswered() { enter(.client) }

  private func enter(_ state: State) {
    self.state = state
    since = .now()
  }

  func channelActive(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    task = context.eventLoop.scheduleRepeatedTask(
      initialDelay: Self.interval, delay: Self.interval
    ) { _ in
      let (watch, context) = bound.value
      if watch.isOver(at: .now()) { context.close(promise: nil) }
    }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    task?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .client = state { enter(.request) }
    context.fireChannelRead(data)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stuckSince = context.channel.isWritable ? nil : .now()
    context.fireChannelWritabilityChanged()
  }

  private func isOver(at now: NIODeadline) -> Bool {
    if let stuckSince, now - stuckSince > Self.patience { return true }
    switch state {
    case .client: return now - since > Self.idleTime
    case .request: return now - since > Self.patience
    case .service: return false
    }
  }
}
