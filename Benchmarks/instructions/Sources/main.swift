import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting

/// Does one kind of work on so many events, on one thread, for tools that count instructions or time.
///
/// `counted-work parse 10000`, or so many times over: `counted-work parse 10000 50`. Everything that isn't the work, such as making the events that are
/// validated, happens for any number of events alike, so that two counts can be subtracted.
enum CountedWork {
  /// As many as are made, whatever is done with them.
  private static let most = 10_000
  /// How many events a batch has.
  private static let size = 250
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

  static func run(_ work: String, _ count: Int, times: Int) {
    let executor = ManualExecutor()
    Task(executorPreference: executor) {
      let context = StageContext.forTests(clock: ManualClock())
      let batches = batches(context.symbols)
      let decoded = work == "encode" ? decoded() : []
      for _ in 0..<times {
        switch work {
        case "parse": parse(records[..<count], context.symbols)
        case "decode": decode(records[..<count])
        case "validate": await validate(batches[..<(count / size)], context)
        case "correlate": await correlate(batches[..<(count / size)], context)
        case "write": write(batches[..<(count / size)])
        case "encode": encode(decoded[..<count])
        default:
          print("parse, decode, validate, correlate, write or encode; up to \(most); how often")
        }
      }
    }
    executor.drain()
  }

  private static func parse(_ records: ArraySlice<[UInt8]>, _ symbols: SymbolTable) {
    var reader = EventReader()
    var batch = EventBatch(symbols: symbols)
    for record in records {
      if batch.count == size { batch = EventBatch(symbols: symbols) }
      try? reader.append(record[...], to: &batch, intended: now)
    }
  }

  private static func validate(_ batches: ArraySlice<EventBatch>, _ context: StageContext) async {
    guard var validator = try? InteractionEventValidator(.init([:])) else { return }
    try? await validator.open(context)
    for var batch in batches { validator.validate(&batch) }
  }

  private static func correlate(_ batches: ArraySlice<EventBatch>, _ context: StageContext) async {
    guard var correlator = try? StateMachineCorrelator(.init([:])) else { return }
    try? await correlator.open(context)
    for var batch in batches { correlator.observe(&batch, at: now) }
  }

  private static func write(_ batches: ArraySlice<EventBatch>) {
    var writer = EventWriter()
    for batch in batches {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size * 512)
      for index in batch.indices { OutcomeJSON.write(index, of: batch, with: &writer, to: &bytes) }
    }
  }

  private static func decode(_ records: ArraySlice<[UInt8]>) {
    let decoder = JSONDecoder()
    for record in records { _ = try? decoder.decode(Record.self, from: Data(record)) }
  }

  private static func encode(_ records: ArraySlice<Record>) {
    let encoder = JSONEncoder()
    for record in records { _ = try? encoder.encode(record) }
  }

  private static func decoded() -> [Record] {
    let decoder = JSONDecoder()
    return records.compactMap { try? decoder.decode(Record.self, from: Data($0)) }
  }

  /// What Foundation reads and writes.
  private struct Record: Codable {
    let sequenceID: String
    let timestamp: String
    let interactionID: String
    let agentID: String
    let state: String
    let eventType: String
    let note: String

    private enum CodingKeys: String, CodingKey {
      case sequenceID = "sequence_id"
      case interactionID = "interaction_id"
      case agentID = "agent_id"
      case eventType = "event_type"
      case timestamp, state, note
    }
  }

  private static func batches(_ symbols: SymbolTable) -> [EventBatch] {
    var reader = EventReader()
    return stride(from: 0, to: most, by: size).map { start in
      var batch = EventBatch(symbols: symbols)
      for record in records[start..<start + size] {
        try? reader.append(record[...], to: &batch, intended: now)
      }
      return batch
    }
  }
}

let arguments = CommandLine.arguments
CountedWork.run(
  arguments[1], Int(arguments[2]) ?? 0, times: arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1)
