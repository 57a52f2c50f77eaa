import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct FaultDistributionTests {
  private static func draws(_ options: JSONValue, seed: UInt64) throws -> [Fault?] {
    let faults = try SandboxFaults(options)
    return (0..<5000).map { index in
      faults.draw(seed: seed, key: KeyedRandom.key("sim-\(index)".utf8), attempt: 0)
    }
  }

  @Test func `fractions come out as configured`() throws {
    let draws = try Self.draws(
      ["rate_limited": 0.1, "server_error": 0.05, "unavailable": 0.2, "dropped": 0.01], seed: 42)
    for (fault, nominal) in [
      (Fault.rateLimited, 0.1), (.serverError, 0.05), (.unavailable, 0.2), (.dropped, 0.01),
    ] {
      let share = Double(draws.filter { $0 == fault }.count) / 5000
      // Four standard deviations of a binomial share.
      let tolerance = 4 * (nominal * (1 - nominal) / 5000).squareRoot()
      #expect(abs(share - nominal) < tolerance, "\(fault): \(share)")
    }
  }

  @Test func `the seed decides alone`() throws {
    let options: JSONValue = ["rate_limited": 0.3, "dropped": 0.3]
    let first = try Self.draws(options, seed: 1)
    #expect(try Self.draws(options, seed: 1) == first)
    #expect(try Self.draws(options, seed: 2) != first)
  }

  @Test func `another attempt is another draw`() throws {
    let faults = try SandboxFaults(["rate_limited": 0.5])
    let draws = (0..<100).map { faults.draw(seed: 1, key: 1, attempt: $0) }
    #expect(Set(draws) == [nil, .rateLimited])
  }

  @Test func `no fraction, no fault; all of them, always one`() throws {
    #expect(try Self.draws([:], seed: 42).allSatisfy { $0 == nil })
    let all = try Self.draws(
      ["rate_limited": 0.25, "server_error": 0.25, "unavailable": 0.25, "dropped": 0.25], seed: 42)
    #expect(!all.contains(nil))
  }

  private static func latencies(_ option: JSONValue, count: Int = 5_000) throws -> [Duration] {
    let latency = try SandboxFaults(["latency": option]).latency
    return (0..<count).map { index in
      var random = KeyedRandom(seed: 42, purpose: "test", UInt64(index))
      return latency.draw(using: &random)
    }
  }

  @Test func `exponential latencies have their mean`() throws {
    let draws = try Self.latencies(["exponential": ["mean": "10ms"]])
    #expect(draws.allSatisfy { $0 >= .zero })
    let mean = draws.reduce(.zero, +) / draws.count
    #expect((.milliseconds(9.4)...Duration.milliseconds(10.6)).contains(mean))
  }

  @Test func `uniform latencies fill their range`() throws {
    let draws = try Self.latencies(["uniform": ["from": "10ms", "to": "30ms"]])
    #expect(draws.allSatisfy { (.milliseconds(10)...Duration.milliseconds(30)).contains($0) })
    for quarter in 0..<4 {
      let from = Duration.milliseconds(10 + 5 * quarter)
      let share = draws.count { $0 >= from && $0 < from + .milliseconds(5) }
      #expect((1_100...1_400).contains(share))
    }
  }

  @Test func `log-normal latencies have their median and their tail`() throws {
    let draws = try Self.latencies(["log_normal": ["median": "40ms", "p99": "400ms"]])
    #expect((2_400...2_600).contains(draws.count { $0 <= .milliseconds(40) }))
    #expect((4_930...4_970).contains(draws.count { $0 <= .milliseconds(400) }))
    // The mean of a tail lies above the median.
    #expect(draws.reduce(.zero, +) / draws.count > .milliseconds(55))
    #expect(
      try Self.latencies(["log_normal": ["median": "9m", "p99": "10m"]]).max() == .seconds(600))
    #expect(
      try Set(Self.latencies(["log_normal": ["median": "5ms", "p99": "5ms"]]))
        == [.milliseconds(5)])
  }

  @Test func `fixed latencies are fixed`() throws {
    #expect(try Set(Self.latencies(["fixed": ["time": "3ms"]])) == [.milliseconds(3)])
    #expect(try Set(Self.latencies("none")) == [.zero])
  }

  @Test(arguments: [
    #"{"uniform": {"from": "3s", "to": "2s"}}"#, #"{"log_normal": {"median": "3s", "p99": "2s"}}"#,
  ])
  func `latencies the wrong way round are refused`(option: String) throws {
    #expect(throws: (any Error).self) {
      try SandboxFaults(["latency": JSONValue(parsing: option)])
    }
  }
}
