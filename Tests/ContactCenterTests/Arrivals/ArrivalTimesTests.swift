import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Interactions begin when their form says, to the nanosecond where it can be said.
struct ArrivalTimesTests {
  /// The moments, in nanoseconds from the start.
  private func times(_ arrivals: JSONValue, seed: UInt64 = 1) async throws -> [Int64] {
    let options = try ScenarioOptions(["arrivals": arrivals])
    var times = try #require(try await options.arrivals.times(seed: seed))
    var all: [Int64] = []
    while let time = times.next() { all.append(time) }
    return all
  }

  @Test func `a constant rate is evenly spaced`() async throws {
    let times = try await times(["constant": ["rate": "50/s", "for": "10s"]])
    #expect(times == (0..<500).map { Int64($0) * 20_000_000 })
    let slow = try await self.times(["constant": ["rate": "2.5/min", "for": "1h"]])
    #expect(slow == (0..<150).map { Int64($0) * 24_000_000_000 })
    // A third of a nanosecond over and over again doesn't add up to anything.
    let odd = try await self.times(["constant": ["rate": "3/s", "for": "10h"]])
    #expect(odd.count == 108_000)
    #expect(odd[90_000] == 30_000_000_000_000)
  }

  @Test func `a ramp follows the integral of its rate`() async throws {
    let times = try await times(["ramp": ["stages": [["to": "1000/s", "for": "60s"]]]])
    #expect(times.count == 30_000)
    for (number, time) in times.enumerated() {
      // (1000/60) t^2 / 2 = k
      let exact = (Double(number) * 0.12).squareRoot() * 1e9
      #expect(abs(Double(time) - exact) < 1_000)
    }
  }

  @Test func `stages go on from each other, jump, hold, stop and end`() async throws {
    let times = try await times([
      "ramp": [
        "from": "20/s",
        "stages": [
          ["to": "20/s", "for": "10s"], ["to": "100/s", "for": "0s"], ["to": "100/s", "for": "5s"],
          ["to": "0/s", "for": "10s"], ["to": "0/s", "for": "30s"], ["to": "60/s", "for": "20s"],
        ],
      ]
    ])
    // Areas: 200, 500, 500, 0, 600.
    #expect(times.count == 1_800)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    for (number, time) in times.enumerated() {
      #expect(abs(Self.area(until: Double(time) / 1e9) - Double(number)) < 1e-4)
    }
    // Nothing begins while the rate is zero.
    #expect(times.allSatisfy { $0 < 25_000_000_000 || $0 >= 55_000_000_000 })
  }

  /// The area below that curve, by hand.
  private static func area(until moment: Double) -> Double {
    let falling = min(max(moment - 15, 0), 10)
    let rising = min(max(moment - 55, 0), 20)
    return 20 * min(moment, 10) + 100 * min(max(moment - 10, 0), 5)
      + 100 * falling - 10 * falling * falling / 2 + 3 * rising * rising / 2
  }

  @Test func `chance is drawn from the seed, and is as customers' is`() async throws {
    let form: JSONValue = ["poisson": ["rate": "1000/s", "for": "1000s"]]
    let times = try await times(form)
    #expect(
      try await self.times(["poisson": ["rate": "5/s", "for": "1m"]], seed: 2)
        != self.times(["poisson": ["rate": "5/s", "for": "1m"]], seed: 3))
    // How many there are: within 2.576 standard deviations, 1 % are not.
    #expect(abs(Double(times.count) - 1e6) < 2_576)
    // Counts of a second each: their dispersion is a chi-square of 1000 degrees.
    var counts = Array(repeating: 0, count: 1_000)
    for time in times { counts[Int(time / 1_000_000_000)] += 1 }
    let mean = Double(times.count) / 1_000
    let square = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    #expect(abs(square - 999) < 2.576 * (2.0 * 999).squareRoot())
    // Gaps: the greatest distance from the exponential distribution, by Kolmogorov and Smirnov.
    let gaps = zip(times, [0] + times).map { Double($0 - $1) / 1e9 }.sorted()
    var distance = 0.0
    for (index, gap) in gaps.enumerated() {
      let share = 1 - exp(-1_000 * gap)
      distance = max(
        distance, share - Double(index) / Double(gaps.count),
        Double(index + 1) / Double(gaps.count) - share)
    }
    #expect(distance < 1.628 / Double(gaps.count).squareRoot())
  }

  // MARK: From a file

  private func file(_ text: String) throws -> String {
    let path = try TemporaryFolder.make() + "/times.txt"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `recorded times keep their distances, at a speed and without long gaps`()
    async throws
  {
    // Out of order, with a blank line, both forms, and another zone.
    let path = try file(
      """
      2026-03-02T09:00:10Z
      2026-03-02T09:00:00Z

      {"timestamp":"2026-03-02T09:00:04.500Z","state":"x"}
      2026-03-02T11:30:00+02:00

      """)
    let second: Int64 = 1_000_000_000
    #expect(
      try await times(["recorded": ["path": .string(path)]])
        == [0, 4_500_000_000, 10 * second, 1_800 * second])
    #expect(
      try await times(["recorded": ["path": .string(path), "speed": 2, "longest_gap": "1m"]])
        == [0, 2_250_000_000, 5 * second, 35 * second])
  }

  @Test(arguments: [
    ("2026-03-02T09:00:10Z\nyesterday\n", 2, "\"yesterday\""),
    ("{\"time\":1}\n", 1, "\"{\\\"time\\\":1}\""),
  ])
  func `a line without a time is refused by its place`(
    text: String, line: Int, found: String
  ) async throws {
    let path = try file(text)
    let error = await #expect(throws: UnreadableInput.self) {
      try await times(["recorded": ["path": .string(path)]])
    }
    let message = "\(try #require(error))"
    #expect(message.hasPrefix("\(path):\(line): expected a time (RFC 3339)"))
    #expect(message.hasSuffix("found \(found)"))
  }

  @Test(
    arguments: [
      (["arrivals": ["constant": ["rate": "0/s", "for": "1m"]]], "rate"),
      (["arrivals": ["constant": ["rate": "5", "for": "1m"]]], "rate"),
      (["arrivals": ["constant": ["rate": "-5/s", "for": "1m"]]], "rate"),
      (["arrivals": ["constant": ["rate": "5/s"]]], "for"),
      (["arrivals": ["ramp": ["stages": [["to": "0/s", "for": "1m"]]]]], "stages"),
      (["arrivals": ["ramp": ["stages": []]]], "stages"),
      (
        ["arrivals": ["poisson": ["rate": "1/s", "for": "1m"]], "interactions_per_agent": 3],
        "interactions_per_agent"
      ),
      (["arrivals": ["closed": ["for": "1m"]], "dwell": "0s"], "dwell"),
      (["arrivals": ["closed": ["for": "1m"]], "illegal": 1], "illegal"),
      (["arrivals": ["closed": ["for": "1m"]], "agents": 10_001], "agents"),
      (["arrivals": ["constant": ["rate": "1/s", "for": "3s"]], "illegal": 4], "illegal"),
    ] as [(JSONValue, String)])
  func `what makes no load is refused by its option`(options: JSONValue, place: String) {
    let error = #expect(throws: InvalidOptions.self) { try ScenarioOptions(options) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(place))
  }
}
