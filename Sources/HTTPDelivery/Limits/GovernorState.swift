import PatchbayCore

/// What a governor knows of its target's limit, and who may send by it.
///
/// It touches no clock and waits for nobody. Answers may tell how a window stands; its end is known to a second then. A rate may be stated, or
/// follow from refusals. Where answers tell, one request goes ahead of all others when a window has ended:
/// its answer shows what is left of the next one, whoever else uses it.
struct GovernorState {
  /// An attempt that may be made.
  struct Admission {
    let stage: Int
    let time: Timestamp
    /// The windows that it was admitted in.
    let own: Int
    let told: Int
    let stretch: Int
    /// Whether others wait for what it is answered.
    let isScout: Bool
  }

  enum Answer {
    case go(Admission)
    /// Ask again at a time, or when an answer has come, whichever is first.
    case wait(until: Timestamp?)
    /// Take a lease of the budget, hand it in by `grant`, and ask again.
    case lease
  }

  /// What came of an attempt.
  struct Observation {
    /// Whether the target may have counted it.
    var mayCount = true
    /// Whether it has answered, and with a status of success.
    var isAnswer = false
    var isSuccess = false
    /// Whether it refused for the limit's sake, and for how long it wants nothing else.
    var refusal: Duration?
    var fields: LimitFields?
  }

  /// How long others wait for the one that goes ahead, on the run's clock.
  static let patience = Duration.seconds(1)

  /// A rate that holds whatever answers say.
  private let stated: RefusalLesson.Limit?
  private var lesson = RefusalLesson()
  /// The window of the rate that is stated or learned.
  private var own: LimitWindow?
  /// The window that answers tell of.
  private var told: LimitWindow?
  private var windows = 0
  /// Whether answers tell of a window; nil before the first.
  private var answersTell: Bool?
  /// The last limit that answers told of, for when the one that goes ahead has no answer.
  private var lastTold: Int?
  /// When the one that goes ahead left.
  private var scout: Timestamp?
  /// Until when nothing is sent, and since when that is known.
  private var block: (since: Timestamp, until: Timestamp)?
  /// Attempts without an answer.
  private var underWay = 0
  private var stages = StageRoll()
  private var leases: LeaseBook?

  /// - Parameter isShared: whether requests take a lease of a budget.
  init(rate: Rate?, isShared: Bool) {
    leases = isShared ? LeaseBook() : nil
    stated = rate.map {
      .init(count: $0.count, length: .seconds($0.period.seconds))
    }
  }

  /// Adds a stage; its number.
  mutating func addStage() -> Int { stages.add() }

  /// What is known of the limit, and by what.
  var limit: GovernedLimit? {
    if answersTell == true, let allowed = told?.allowed ?? lastTold {
      return GovernedLimit(count: allowed, length: nil, origin: .answers)
    }
    if let stated {
      return GovernedLimit(count: stated.count, length: stated.length, origin: .stated)
    }
    return lesson.limit.map {
      GovernedLimit(count: $0.count, length: $0.length, origin: .refusals)
    }
  }

  // MARK: Asking

  /// Whether a stage may send now.
  ///
  /// - Parameters:
  ///   - hasWaited: whether the request was told to wait before.
  ///   - insists: it has waited as long as it was allowed to, and sends all the same.
  mutating func ask(_ stage: Int, hasWaited: Bool, insists: Bool, now: Timestamp) -> Answer {
    stages.ask(stage)
    if hasWaited { leave(stage) }
    let answer = answer(stage, insists: insists, now: now)
    if case .wait = answer { stages.waiting[stage] += 1 }
    return answer
  }

  /// A request that was told to wait won't ask again.
  mutating func leave(_ stage: Int) { stages.waiting[stage] -= 1 }

  private mutating func answer(_ stage: Int, insists: Bool, now: Timestamp) -> Answer {
    if insists { return .go(admit(stage, now, isScout: false)) }
    if let block, now < block.until { return .wait(until: block.until) }
    block = nil
    open(now)
    if needsScout {
      guard let scout else { return go(stage, now, isScout: true) }
      let end = scout.advanced(by: Self.patience)
      if now < end { return .wait(until: end) }
      // Its answer is overdue. What was allowed before is allowed again, as far as anybody knows.
      if let lastTold {
        beginWindow()
        var window = LimitWindow(number: windows, start: scout, allowed: lastTold)
        // If no answer comes, the next one goes ahead then.
        window.narrow(end: now.advanced(by: Self.patience), lastsUntil: scout)
        told = window
        self.scout = nil
      }
    }
    let others = stages.others(than: stage)
    let ahead = stages.waiting[stage]
    if let own {
      let left = own.allowed - own.made - own.counted
      if case .later(let time) = own.turn(left, of: stage, beside: others, behind: ahead, now: now)
      {
        return .wait(until: time)
      }
    }
    if let told {
      let left = told.allowed - told.counted - underWay
      if case .later(let time) = told.turn(left, of: stage, beside: others, behind: ahead, now: now)
      {
        return .wait(until: time)
      }
    }
    return go(stage, now, isScout: false)
  }

  /// Admits an attempt that the limit has room for, if there is a lease for it.
  private mutating func go(_ stage: Int, _ now: Timestamp, isScout: Bool) -> Answer {
    switch leases?.ask(now) {
    case nil, .go: .go(admit(stage, now, isScout: isScout))
    case .wait(let time): .wait(until: time)
    case .lease: .lease
    }
  }

  /// Takes in a lease; nil if there was none to be had.
  mutating func grant(_ lease: RateLease?) { leases?.grant(lease) }

  /// Ends windows that are over, and opens the next one of a rate that is known beforehand.
  private mutating func open(_ now: Timestamp) {
    if own?.isOver(at: now) ?? false { own = nil }
    if told?.isOver(at: now) ?? false { told = nil }
    guard own == nil, let limit = stated ?? (answersTell == true ? nil : lesson.limit) else {
      return
    }
    beginWindow()
    var window = LimitWindow(number: windows, start: now, allowed: limit.count)
    // They may get there after the window has begun.
    window.counted = underWay
    own = window
  }

  private mutating func beginWindow() {
    windows += 1
    stages.beginWindow()
    lesson.begin()
  }

  /// Whether what is left of the window can be told only by an answer.
  private var needsScout: Bool {
    guard told == nil else { return false }
    return answersTell ?? (own == nil)
  }

  private mutating func admit(_ stage: Int, _ now: Timestamp, isScout: Bool) -> Admission {
    if isScout { scout = now }
    underWay += 1
    own?.take(by: stage)
    told?.take(by: stage)
    lesson.leave(at: now)
    return Admission(
      stage: stage, time: now, own: own?.number ?? 0, told: told?.number ?? 0,
      stretch: lesson.stretch, isScout: isScout)
  }

  // MARK: Learning

  /// Takes in what came of an attempt; whether somebody who waits may go on by it.
  mutating func note(
    _ seen: Observation, of admission: Admission, now: Timestamp
  ) -> Bool {
    underWay -= 1
    var wakes = false
    if admission.isScout {
      scout = nil
      wakes = true
    }
    let leftBefore = told.map { $0.allowed - $0.counted - underWay - 1 }
    noteOwn(seen, of: admission, now, &wakes)
    if seen.isAnswer, tells(seen) != answersTell {
      answersTell = tells(seen)
      wakes = true
    }
    if let block, seen.isSuccess, admission.time > block.since {
      // What it said has been overtaken.
      self.block = nil
      wakes = true
    }
    if let fields = seen.fields { noteTold(fields, of: admission, now, &wakes) }
    if let refusal = seen.refusal {
      refuse(refusal, seen, admission, now)
      wakes = true
    }
    // What isn't known to be counted was counted, as far as anybody knows.
    if !seen.isAnswer, seen.mayCount, told?.number == admission.told { told?.counted += 1 }
    if let leftBefore, let told, told.allowed - told.counted - underWay > leftBefore {
      wakes = true
    }
    return wakes
  }

  /// Whether answers tell of a window, after one more of them.
  ///
  /// One without the fields says little while a window is known: somebody in between may have given it, and
  /// so may the target where it refuses.
  private func tells(_ seen: Observation) -> Bool? {
    if seen.fields != nil { return true }
    if answersTell == nil { return seen.refusal == nil ? false : nil }
    return seen.isSuccess && told == nil ? false : answersTell
  }

  private mutating func noteOwn(
    _ seen: Observation, of admission: Admission, _ now: Timestamp, _ wakes: inout Bool
  ) {
    if seen.isAnswer, seen.refusal == nil { lesson.pass(of: admission.stretch) }
    guard let window = own, window.number == admission.own else { return }
    if !seen.mayCount || seen.refusal != nil {
      own?.take(-1, by: admission.stage)
      wakes = true
    }
    guard window.end == nil, let length = (stated ?? lesson.limit)?.length else { return }
    // It began at the target when the first one got there: between then and now.
    own?.narrow(
      end: now.advanced(by: length), lastsUntil: admission.time.advanced(by: length))
    wakes = true
  }

  private mutating func noteTold(
    _ fields: LimitFields, of admission: Admission, _ now: Timestamp, _ wakes: inout Bool
  ) {
    lastTold = fields.allowed
    // It was written down between the two; the rest is in whole seconds, rounded up.
    let end = now.advanced(by: fields.rest)
    let lastsUntil = admission.time.advanced(by: fields.rest - .seconds(1))
    if let window = told {
      if let known = window.end, end < window.lastsUntil, known > end { return }
      let isSame = window.end.map { lastsUntil <= $0 } ?? true
      if isSame {
        told?.allowed = fields.allowed
        told?.counted = max(window.counted, fields.made)
        told?.narrow(end: end, lastsUntil: lastsUntil)
        if window.end == nil { wakes = true }
        return
      }
    }
    guard end > now else { return }
    beginWindow()
    var window = LimitWindow(number: windows, start: now, allowed: fields.allowed)
    window.counted = fields.made
    window.narrow(end: end, lastsUntil: lastsUntil)
    window.take(by: admission.stage)
    told = window
    wakes = true
  }

  private mutating func refuse(
    _ refusal: Duration, _ seen: Observation, _ admission: Admission, _ now: Timestamp
  ) {
    let end = now.advanced(by: refusal)
    if let fields = seen.fields {
      // With requests left, it was another limit that refused: this request's own business.
      if fields.made < fields.allowed { return }
    } else {
      lesson.refuse(of: admission.stretch, until: end)
    }
    // A rate that is stated holds, whatever else the target refuses for.
    if stated == nil { own = nil }
    block = (now, max(block?.until ?? end, end))
  }
}
