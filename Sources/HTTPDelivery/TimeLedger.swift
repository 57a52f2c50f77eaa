import HTTPTransport
public import PatchbayCore

/// Books where the time goes, from when something is due until it is done: each moment on exactly one part.
///
/// Waits are booked by the run's clock. While an attempt is on the wire, the real time counts, and the run's
/// clock is passed over: on a virtual one it stands still then, on a scaled one it runs faster.
public struct TimeLedger: Sendable {
  /// The parts so far, but for the queue.
  private var parts = InjectionTimings()
  /// The times of each attempt.
  public private(set) var attempts: [AttemptTimes] = []
  /// When the first attempt was due, on the run's clock; nil before that.
  public private(set) var due: Timestamp?
  /// Up to when everything is booked.
  private var booked = Timestamp(nanoseconds: 0)
  /// How much of the run's time was passed over.
  private var passedOver: Int64 = 0

  /// Makes a ledger with nothing in it.
  public init() {}

  /// Books what has passed since the last entry; the first entry only begins.
  ///
  /// - Parameters:
  ///   - now: the present time on the run's clock.
  ///   - part: what the time went into.
  public mutating func book(_ now: Timestamp, as part: WritableKeyPath<InjectionTimings, Int64>) {
    guard due != nil else {
      (due, booked) = (now, now)
      return
    }
    parts[keyPath: part] += max(0, now.nanosecondsSince(booked))
    booked = max(booked, now)
  }

  /// Books an attempt.
  ///
  /// - Parameters:
  ///   - attempt: its times, in real time.
  ///   - now: the time on the run's clock when it was over.
  public mutating func book(_ attempt: AttemptTimes, until now: Timestamp) {
    attempts.append(attempt)
    parts.service = attempt.total
    parts.wire += attempt.total
    passedOver += max(0, now.nanosecondsSince(booked))
    booked = max(booked, now)
  }

  /// Goes on with what another ledger has booked later; the time between them is the program's own.
  public mutating func add(_ later: TimeLedger) {
    guard let laterDue = later.due else { return }
    guard due != nil else {
      self = later
      return
    }
    book(laterDue, as: \.own)
    // What they share in time is booked once; only a part of it, if they overlap.
    parts.rateLimit += later.parts.rateLimit
    parts.token += later.parts.token
    parts.backoff += later.parts.backoff
    parts.own += later.parts.own
    parts.wire += later.parts.wire
    if !later.attempts.isEmpty { parts.service = later.parts.service }
    attempts += later.attempts
    passedOver += later.passedOver
    booked = max(booked, later.booked)
  }

  /// The times so far, without what lies before the first attempt was due.
  public var timings: InjectionTimings { timings(since: due ?? booked) }

  /// The times of something that was meant to be sent at a time.
  ///
  /// - Parameter intended: when, on the run's clock; if that is later than it was due, that counts.
  public func timings(since intended: Timestamp) -> InjectionTimings {
    guard let due else { return InjectionTimings() }
    var timings = parts
    let start = min(intended, due)
    timings.queue = due.nanosecondsSince(start)
    timings.total = booked.nanosecondsSince(start) - passedOver + parts.wire
    return timings
  }
}

extension AttemptTimes {
  /// The times of an attempt that a client has made.
  ///
  /// - Parameters:
  ///   - result: what came of it.
  ///   - nanoseconds: how long it took from the call of the client.
  ///   - endpoint: where it went.
  init(_ result: Result<HTTPResponse, HTTPError>, total nanoseconds: Int64, endpoint: Symbol) {
    self.init(total: nanoseconds, endpoint: endpoint)
    let timings: HTTPTimings?
    switch result {
    case .success(let response):
      status = UInt16(clamping: response.status)
      timings = response.timings
    case .failure(let error): timings = error.timings
    }
    guard let timings else { return }
    self[.nameLookup] = timings.nameLookup?.wholeNanoseconds
    self[.connect] = timings.connect?.wholeNanoseconds
    self[.tls] = timings.tls?.wholeNanoseconds
    self[.send] = timings.send?.wholeNanoseconds
    self[.firstByte] = timings.wait?.wholeNanoseconds
    self[.lastByte] = timings.receive?.wholeNanoseconds
  }
}
