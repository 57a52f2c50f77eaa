import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Holds every event for a second; only while it has room, if it is bounded.
private struct HoardingCorrelator: Correlator {
  static let type = "hoarding"
  static let doc = "Holds every event."

  struct Options: OptionGroup {
    let isBounded: Bool

    init(from options: inout OptionReader) {
      isBounded = options.value("bounded", default: true, doc: "Whether it lets some go on.")
    }
  }

  private let isBounded: Bool
  private var held: [(key: HoldKey, until: Timestamp)] = []
  private var last: UInt64 = 0

  init(_ options: Options) { isBounded = options.isBounded }

  let mostHeld = 1_000

  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation {
    if isBounded, held.count == mostHeld { return .pass }
    last += 1
    held.append((HoldKey(last), now.advanced(by: .seconds(1))))
    return .hold(HoldKey(last))
  }

  var deadline: Timestamp? { held.first?.until }

  mutating func advance(to now: Timestamp) -> [Release] {
    let due = held.prefix { $0.until <= now }
    held.removeFirst(due.count)
    return due.map { Release($0.key) }
  }
}

/// A correlator that holds more than it says is found by many events at one instant.
struct BoundedCorrelatorTests {
  private func problems(isBounded: Bool) async -> [String] {
    await Conformance(HoardingCorrelator.self, options: ["bounded": .bool(isBounded)]).problems()
  }

  @Test func `one that keeps to its bound has no problems`() async {
    #expect(await problems(isBounded: true) == [])
  }

  @Test func `one that doesn't is found`() async {
    #expect(
      await problems(isBounded: false) == [
        "a flood: holds 1500 events at once, and 1000 at most"
      ])
  }
}
