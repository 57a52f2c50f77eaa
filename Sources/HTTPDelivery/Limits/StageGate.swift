public import HTTPTransport
import PatchbayCore
import Synchronization

/// A stage's way to a target whose limit it shares with others; ``RateGovernor`` makes it.
public final class StageGate: AttemptGate {
  private let governor: RateGovernor
  private let stage: Int
  private let longestWait: Duration
  private let notices: WaitNotices
  private let account: Mutex<WaitAccount>

  init(
    _ governor: RateGovernor, stage: Int, longestWait: Duration, _ notices: WaitNotices
  ) {
    self.governor = governor
    self.notices = notices
    self.stage = stage
    self.longestWait = longestWait
    account = Mutex(WaitAccount())
  }

  /// What has waited here.
  public var waits: RateWaits {
    let now = governor.clock.now
    return account.withLock { $0.waits(now) }
  }

  /// What is known of the limit; nil if nothing is.
  public var limit: GovernedLimit? { governor.limit }

  /// Waits until the limit has room for the request.
  public func admit(_ request: HTTPRequest) async throws -> Note {
    let admission = try await admission(of: request)
    let (governor, clock) = (governor, governor.clock)
    return { result in
      governor.note(.init(result, now: clock.now), of: admission)
    }
  }

  private func admission(of request: HTTPRequest) async throws -> GovernorState.Admission {
    try Task.checkCancellation()
    var (answer, wakes) = governor.ask(stage, hasWaited: false, insists: false)
    if case .go(let admission) = answer {
      account.withLock { $0.pass() }
      return admission
    }
    let clock = governor.clock
    let start = clock.now
    let last = start.advanced(by: longestWait)
    account.withLock { $0.begin(start) }
    defer { account.withLock { $0.end(clock.now) } }
    while true {
      var hasWaited = false
      switch answer {
      case .go(let admission): return admission
      case .lease: try await governor.lease()
      case .wait(let time):
        let end = min(time ?? last, last)
        if time != nil { tell(end, of: request) }
        hasWaited = true
        do {
          try await governor.wait(until: end, since: wakes)
        } catch {
          governor.leave(stage)
          throw error
        }
      }
      (answer, wakes) = governor.ask(stage, hasWaited: hasWaited, insists: clock.now >= last)
    }
  }
}

extension StageGate {
  /// Tells the log of a wait whose end is known.
  private func tell(_ end: Timestamp, of request: HTTPRequest) {
    let count = governor.limit.map { " of \($0.count) requests" } ?? ""
    let pause = RetryPause(
      length: end.since(governor.clock.now),
      cause: "the target's limit\(count) is used up until then")
    notices.tell(pause, before: request)
  }
}

/// What waited for a limit.
public struct RateWaits: Sendable, Equatable {
  /// How many requests asked to be sent, each attempt by itself.
  public var asked = 0
  /// How many of them had to wait.
  public var held = 0
  /// For how long at least one of them waited, on the run's clock.
  public var time = Duration.zero

  /// Makes waits of which there were none.
  public init() {}
}

/// Adds up what waits at a gate.
private struct WaitAccount {
  private var waits = RateWaits()
  private var waiting = 0
  private var since = Timestamp(nanoseconds: 0)

  mutating func pass() { waits.asked += 1 }

  mutating func begin(_ now: Timestamp) {
    waits.asked += 1
    waits.held += 1
    if waiting == 0 { since = now }
    waiting += 1
  }

  mutating func end(_ now: Timestamp) {
    waiting -= 1
    if waiting == 0 { waits.time += max(.zero, now.since(since)) }
  }

  /// Those that still wait included.
  func waits(_ now: Timestamp) -> RateWaits {
    var waits = waits
    if waiting > 0 { waits.time += max(.zero, now.since(since)) }
    return waits
  }
}

extension GovernorState.Observation {
  /// The wait after a 429 that doesn't say how long it should be.
  private static let usualPause = Duration.seconds(1)

  init(_ result: Result<HTTPResponse, HTTPError>, now: Timestamp) {
    switch result {
    case .success(let response):
      isAnswer = true
      isSuccess = (200...299).contains(response.status)
      fields = LimitFields(response.headers, now: now)
      if response.status == 429 {
        refusal =
          RetryAfter.wait(in: response.headers, now: now)
          ?? max(fields?.rest ?? .zero, Self.usualPause)
      }
    case .failure(let error): mayCount = error.mayHaveReachedServer
    }
  }
}
