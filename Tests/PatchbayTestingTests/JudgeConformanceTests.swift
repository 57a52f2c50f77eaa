import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What a planted validator, injector or correlator does wrong.
private enum JudgeFault: String, CaseIterable, OptionChoice {
  case none
  case changes
  case drops
  case silent
  case countsBatches = "counts-batches"
  case twoMinded = "two-minded"
  case undecided
  case deaf
  case keeps
  case invents
  case timeless
  case swaps
}

private struct JudgeOptions: OptionGroup {
  let fault: JudgeFault

  init(from options: inout OptionReader) {
    fault = options.value("fault", default: .none, doc: "What it does wrong.")
  }
}

private struct PlantedValidator: Validator {
  static let type = "planted"
  static let doc = "Wants a time, and does one thing wrong."
  private let fault: JudgeFault
  private var batches = 0

  init(_ options: JudgeOptions) { fault = options.fault }

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    if fault == .twoMinded { return .reject(code: "no", reason: "Not like that.") }
    return batch.hasTimestamp(event)
      ? .accept : .reject(code: "no_time", reason: fault == .silent ? "" : "It has no time.")
  }

  mutating func validate(_ batch: inout EventBatch) {
    batches += 1
    if fault == .drops { batch = EventBatch(symbols: batch.symbols) }
    if fault == .swaps { batch = batch.rebuilt }
    for index in batch.indices {
      if fault == .changes { batch[index].state = batch.symbol("changed") }
      if fault == .countsBatches, batches > 1 { batch.reject(index, code: "late", reason: "Late.") }
      if !batch.hasTimestamp(batch[index]) {
        batch.reject(index, code: "no_time", reason: fault == .silent ? "" : "It has no time.")
      }
    }
  }
}

private struct PlantedAsyncValidator: AsyncValidator {
  static let type = "planted-waiting"
  static let doc = "Accepts everything, and does one thing wrong."
  private let fault: JudgeFault
  private var batches = 0

  init(_ options: JudgeOptions) { fault = options.fault }

  mutating func validate(_ batch: inout EventBatch) async throws {
    batches += 1
    if fault == .deaf, Task.isCancelled { await Parked.forEver() }
    if fault == .drops { batch = EventBatch(symbols: batch.symbols) }
    if fault == .swaps { batch = batch.rebuilt }
    for index in batch.indices where fault == .countsBatches && batches > 1 {
      batch.reject(index, code: "late", reason: "Late.")
    }
  }
}

private struct PlantedInjector: Injector {
  static let type = "planted"
  static let doc = "Takes everything, and does one thing wrong."
  private let fault: JudgeFault

  init(_ options: JudgeOptions) { fault = options.fault }

  var capacity: InjectorCapacity { InjectorCapacity(calls: 4, eventsPerCall: 10) }

  func inject(_ batch: inout EventBatch) async {
    if fault == .deaf, Task.isCancelled { await Parked.forEver() }
    if fault == .drops { batch = EventBatch(symbols: batch.symbols) }
    if fault == .swaps { batch = batch.rebuilt }
    for index in batch.indices where fault != .undecided || index > 0 {
      if fault == .silent {
        batch.judge(index, Outcome(.failed, status: 500, attempts: 1))
      } else {
        batch.judge(index, Outcome(.accepted, status: 202, attempts: 1))
      }
    }
  }
}

extension EventBatch {
  /// Another batch with the same events.
  fileprivate var rebuilt: EventBatch {
    var other = EventBatch(symbols: symbols)
    for index in indices { other.append(fields(of: self[index]), intended: self[index].intended) }
    return other
  }
}

private struct PlantedCorrelator: Correlator {
  static let type = "planted"
  static let doc = "Holds every tenth event, and does one thing wrong."
  private let fault: JudgeFault
  private var held: [HoldKey] = []
  private var count: UInt64 = 0
  private var time: Timestamp?

  init(_ options: JudgeOptions) { fault = options.fault }

  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    count += 1
    guard count % 10 == 0 else { return .pass }
    let key = HoldKey(count)
    held.append(key)
    time = now.advanced(by: .seconds(1))
    return .hold(key)
  }

  var deadline: Timestamp? { fault == .timeless || held.isEmpty ? nil : time }

  mutating func advance(to now: Timestamp) -> [Release] {
    if fault == .invents { return [Release(HoldKey(1))] }
    guard let time, now >= time, fault != .keeps else { return [] }
    defer { held = [] }
    return held.map { Release($0) }
  }
}

struct JudgeConformanceTests {
  private func check<Subject: Stage>(
    _ type: Subject.Type, _ fault: JudgeFault
  ) -> Conformance<Subject> {
    var check = Conformance(type, options: ["fault": .string(fault.rawValue)])
    if fault == .deaf { check.patience = .milliseconds(500) }
    return check
  }

  @Test func `sound stages have no problems`() async {
    #expect(await check(PlantedValidator.self, .none).problems() == [])
    #expect(await check(PlantedAsyncValidator.self, .none).problems() == [])
    #expect(await check(PlantedInjector.self, .none).problems() == [])
    #expect(await check(PlantedCorrelator.self, .none).problems() == [])
  }

  @Test(arguments: [
    (JudgeFault.changes, "verdicts: changes "),
    (.drops, "verdicts: 308 events went in, 0 came out"),
    (.silent, "verdicts: event bare is refused without a reason"),
    (.swaps, "verdicts: puts another batch in the place of the one it was given"),
    (.countsBatches, "verdicts: one by one, an event is judged otherwise: "),
    (.twoMinded, "verdicts: `validate(_:of:)` judges otherwise than the form for batches: "),
  ])
  private func `a validator's fault is found`(fault: JudgeFault, message: String) async {
    let problems = await check(PlantedValidator.self, fault).problems()
    #expect(problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }

  @Test(arguments: [
    (JudgeFault.drops, "verdicts: 308 events went in, 0 came out"),
    (.swaps, "verdicts: puts another batch in the place of the one it was given"),
    (.countsBatches, "verdicts: in other batches, an event is judged otherwise: "),
    (.deaf, "a cancelled call: hangs: validate or close didn't return"),
  ])
  private func `a waiting validator's fault is found`(fault: JudgeFault, message: String) async {
    let problems = await check(PlantedAsyncValidator.self, fault).problems()
    #expect(problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }

  @Test(arguments: [
    (JudgeFault.drops, "verdicts: 10 events went in, 0 came out"),
    (.swaps, "verdicts: puts another batch in the place of the one it was given"),
    (.undecided, "verdicts: 1 of 10 events got no verdict"),
    (.silent, "verdicts: event test-0 is refused without a reason"),
    (.deaf, "a cancelled call: hangs: inject or close didn't return"),
  ])
  private func `an injector's fault is found`(fault: JudgeFault, message: String) async {
    let problems = await check(PlantedInjector.self, fault).problems()
    #expect(problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }

  @Test(arguments: [
    (JudgeFault.timeless, "observations: holds 30 keys without a deadline"),
    (.keeps, "observations: still holds 30 keys after their deadlines"),
    (.invents, "observations: releases the key 1, which isn't held"),
  ])
  private func `a correlator's fault is found`(fault: JudgeFault, message: String) async {
    let problems = await check(PlantedCorrelator.self, fault).problems()
    #expect(problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }
}
