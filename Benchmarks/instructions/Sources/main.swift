import ContactCenter
import PatchbayCore
import PatchbayJSON
import PatchbayTesting

/// Does one kind of work on so many events, on one thread, for a tool that counts instructions.
///
/// `counted-work parse 10000`. Everything that isn't the work, such as making the events that are
/// validated, happens for any number of events alike, so that two counts can be subtracted.
enum CountedWork {
  /// As many as are made, whatever is done with them.
  private static let most = 10_000
  private static let now = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  /// Records as a desktop's log has them: 282 bytes with an attribute, of 500 agents.
  private static let records: [[UInt8]] = {
    let states = [
      "routing/agent/available", "routing/agent/busy", "interaction/media/connected",
      "interaction/media/disconnected", "routing/agent/wrapping", "routing/agent/available",
    ]
    return (0..<most).map { number in
      let agent = UUIDBits.version8(high: UInt64(number % 500), low: 1)
      let round = number / 500
      let interaction = UUIDBits.version8(high: UInt64(number % 500), low: UInt64(2 + round / 6))
      let time = now.advanced(byNanoseconds: Int64(number) * 1_000_000)
      let record =
        #"{"sequence_id":"seq-\#(1_000_000 + number)","timestamp":"\#(time)","interaction_id":"#
        + #""\#(interaction)","agent_id":"\#(agent)","state":"\#(states[round % 6])","#
        + #""event_type":"routing/agent/state","note":""#
      return Array((record + String(repeating: "x", count: 280 - record.utf8.count) + "\"}").utf8)
    }
  }()

  static func run(_ work: String, _ count: Int) {
    let executor = ManualExecutor()
    Task(executorPreference: executor) { await self.work(work, count) }
    executor.drain()
  }

  private static func work(_ work: String, _ count: Int) async {
    let context = StageContext.forTests(clock: ManualClock())
    var batches = batches(context.symbols)
    let batchCount = count / 250
    switch work {
    case "parse":
      var reader = EventReader()
      var batch = EventBatch(symbols: context.symbols)
      for record in records[..<count] {
        if batch.count == 250 { batch = EventBatch(symbols: context.symbols) }
        try? reader.append(record[...], to: &batch, intended: now)
      }
    case "validate":
      guard var validator = try? InteractionEventValidator(.init([:])) else { return }
      try? await validator.open(context)
      for index in 0..<batchCount { validator.validate(&batches[index]) }
    case "correlate":
      guard var correlator = try? StateMachineCorrelator(.init([:])) else { return }
      try? await correlator.open(context)
      for index in 0..<batchCount { correlator.observe(&batches[index], at: now) }
    case "write":
      var writer = EventWriter()
      for index in 0..<batchCount {
        let batch = batches[index]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(250 * 512)
        for event in batch.indices {
          OutcomeJSON.write(event, of: batch, with: &writer, to: &bytes)
        }
      }
    default: print("parse, validate, correlate or write, and a number up to \(most)")
    }
  }

  private static func batches(_ symbols: SymbolTable) -> [EventBatch] {
    var reader = EventReader()
    return stride(from: 0, to: most, by: 250).map { start in
      var batch = EventBatch(symbols: symbols)
      for record in records[start..<start + 250] {
        try? reader.append(record[...], to: &batch, intended: now)
      }
      return batch
    }
  }
}

let arguments = CommandLine.arguments
CountedWork.run(arguments[1], Int(arguments[2]) ?? 0)
