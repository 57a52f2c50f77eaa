import HTTPTransport
public import PatchbayCore
import Synchronization

/// Keeps all stages that send to one target within the target's rate limit, so that a run meets no 429
/// that it could have known of.
///
/// It learns the limit from what answers say (`inin-ratelimit-*`, `RateLimit-*` and `X-RateLimit-*`
/// fields), and else from 429 and `Retry-After`; a rate can be stated, too. Requests go out at once as long
/// as the present window has room, and wait for the next one then. When one is refused with 429, all wait
/// for what `Retry-After` says. While several stages are at it, each can count on an equal part of a window;
/// what one leaves unused goes to the others bit by bit until the window ends. Waits are on the run's clock.
///
/// A login needs no gate: whoever waits for a token would hold back all others.
///
/// ```swift
/// let governor = RateGovernor(clock: context.clock)
/// let gate = governor.gate(for: context, longestWait: options.retry.longestWait)
/// let sender = RequestSender(client: client, context: context, policy: options.retry, gate: gate)
/// ```
public final class RateGovernor: Sendable {
  private struct Inside {
    var state: GovernorState
    /// Who waits, and how often all of them were woken.
    var waiting: [ParkedTask] = []
    var wakes = 0
  }

  let clock: any PipelineClock
  private let budget: (any RateBudget)?
  private let inside: Mutex<Inside>

  /// Makes a governor that knows nothing of the target yet.
  ///
  /// - Parameters:
  ///   - clock: the run's clock.
  ///   - rate: the most requests that may be sent, whatever the target allows; nil for what that is.
  ///   - budget: what other processes share the limit by; nil if this one has it alone.
  public init(
    clock: any PipelineClock, rate: Rate? = nil, budget: (any RateBudget)? = nil
  ) {
    self.clock = clock
    self.budget = budget
    inside = Mutex(Inside(state: GovernorState(rate: rate, isShared: budget != nil)))
  }

  /// Adds a stage; each attempt of its senders passes the gate.
  ///
  /// - Parameters:
  ///   - context: the stage's; long waits are told in its log.
  ///   - longestWait: how long one request waits at most; it is sent after that all the same, as a policy's
  ///     ``RetryPolicy/longestWait`` has it.
  public func gate(for context: StageContext, longestWait: Duration) -> StageGate {
    let stage = inside.withLock { $0.state.addStage() }
    let notices = WaitNotices(clock: clock, logger: context.logger)
    return StageGate(self, stage: stage, longestWait: longestWait, notices)
  }

  /// What is known of the limit; nil if nothing is.
  public var limit: GovernedLimit? { inside.withLock { $0.state.limit } }

  // MARK: What gates ask

  /// Whether a stage may send now, and how often waiting ones had been woken by then.
  func ask(
    _ stage: Int, hasWaited: Bool, insists: Bool
  ) -> (answer: GovernorState.Answer, wakes: Int) {
    let now = clock.now
    return inside.withLock { inside in
      (
        inside.state.ask(stage, hasWaited: hasWaited, insists: insists, now: now), inside.wakes
      )
    }
  }

  /// A request of a stage that was told to wait won't ask again.
  func leave(_ stage: Int) { inside.withLock { $0.state.leave(stage) } }

  /// Waits until a time, or until answers have changed something since the asking.
  func wait(until time: Timestamp, since wakes: Int) async throws {
    try await clock.parkUnlessCancelled(until: time) { task in
      inside.withLock { inside in
        guard inside.wakes == wakes else { return false }
        inside.waiting.append(task)
        return true
      }
    }
  }

  /// Takes the next lease of the budget.
  func lease() async throws {
    do {
      let lease = try await budget?.lease(under: limit)
      wake { $0.grant(lease) }
    } catch {
      wake { $0.grant(nil) }
      throw error
    }
  }

  func note(_ seen: GovernorState.Observation, of admission: GovernorState.Admission) {
    let now = clock.now
    let woken = inside.withLock { inside in
      inside.state.note(seen, of: admission, now: now) ? Self.takeWaiting(&inside) : []
    }
    woken.resumeAll()
  }

  private func wake(_ change: (inout GovernorState) -> Void) {
    let woken = inside.withLock { inside in
      change(&inside.state)
      return Self.takeWaiting(&inside)
    }
    woken.resumeAll()
  }

  private static func takeWaiting(_ inside: inout Inside) -> [ParkedTask] {
    inside.wakes += 1
    defer { inside.waiting = [] }
    return inside.waiting
  }
}
