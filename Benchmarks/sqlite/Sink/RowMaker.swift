import PatchbayKit

/// Makes events like those of a simulated day: four of an interaction, random ids.
struct RowMaker {
  private static let states = ["available", "busy", "connected", "disconnected", "wrapping"]

  private let symbols: SymbolTable
  private let hasOutcomes: Bool
  private var number = 0
  private var interaction = UUIDBits(high: 0, low: 0)
  private var bytes: [UInt8] = []

  init(symbols: SymbolTable, hasOutcomes: Bool) {
    self.symbols = symbols
    self.hasOutcomes = hasOutcomes
  }

  mutating func batch(_ count: Int) -> EventBatch {
    var batch = EventBatch(symbols: symbols)
    let states = Self.states.map { batch.symbol("routing/agent/" + $0) }
    let type = batch.symbol("routing/agent/state")
    let attributes = batch.intern(#"{"queue":"support","priority":5}"#.utf8)
    for index in 0..<count {
      if number % 4 == 0 { interaction = id(1, number) }
      bytes.removeAll(keepingCapacity: true)
      id(3, number).append(to: &bytes)
      let time = Timestamp(nanoseconds: 1_769_851_800_000_000_000 + Int64(number) * 1_000_000)
      batch.append(
        Event(
          sequence: batch.intern(bytes), timestamp: time, interaction: .uuid(interaction),
          agent: .uuid(id(2, number % 500)), state: states[number % 5], type: type,
          attributes: attributes, intended: time))
      if hasOutcomes {
        var outcome = Outcome(.accepted, status: 202, attempts: 1)
        outcome.timings.queue = 1_000
        outcome.timings.service = 2_000_000 + Int64(number)
        outcome.timings.wire = 2_000_000 + Int64(number)
        batch.judge(index, outcome)
      }
      number += 1
    }
    return batch
  }

  private func id(_ purpose: UInt64, _ number: Int) -> UUIDBits {
    let low = Self.mixed(purpose << 40 | UInt64(number))
    return UUIDBits(high: Self.mixed(low), low: low)
  }

  /// The output function of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
