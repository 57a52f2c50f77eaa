import HTTPTransport
import Logging
import PatchbayCore
import Synchronization

/// Tells the log of long waits, so that a run that waits isn't taken for one that hangs.
///
/// However many tasks of one sender wait at the same time, a line is written only for what goes on
/// more than ten seconds longer than the lines before have told.
final class WaitNotices: Sendable {
  /// What is shorter isn't told, in real time.
  static let threshold = Duration.seconds(10)

  private let clock: any PipelineClock
  private let logger: Logger
  /// The end of the waits that were told, on the run's clock.
  private let toldUntil = Mutex(Timestamp(nanoseconds: .min))

  init(clock: any PipelineClock, logger: Logger) {
    self.clock = clock
    self.logger = logger
  }

  /// Notes a wait that begins now.
  func tell(_ pause: RetryPause, before request: HTTPRequest) {
    let real = clock.realDuration(of: pause.length)
    guard real > Self.threshold else { return }
    // The threshold on the run's clock.
    let least = pause.length * (Self.threshold / real)
    let now = clock.now
    let end = now.advanced(by: pause.length)
    let isNew = toldUntil.withLock { told in
      guard end.since(max(told, now)) > least else { return false }
      told = end
      return true
    }
    guard isNew else { return }
    let place = "\(request.method) \(request.url.prefix { $0 != "?" })"
    logger.warning("waiting \(real.inSeconds): \(pause.cause) (\(place))")
  }
}
