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

  @Test func `latencies have their mean`() throws {
    guard
      case .exponential = try SandboxOptions(["latency": ["exponential": ["mean": "10ms"]]]).latency
    else {
      Issue.record("another latency")
      return
    }
    let latency = try SandboxOptions(["latency": ["exponential": ["mean": "10ms"]]]).latency
    var total = Duration.zero
    for index in 0..<5000 {
      var random = KeyedRandom(seed: 42, purpose: "test", UInt64(index))
      let draw = latency.draw(using: &random)
      #expect(draw >= .zero)
      total += draw
    }
    #expect((.milliseconds(9.4)...Duration.milliseconds(10.6)).contains(total / 5000))
  }

  @Test func `fixed latencies are fixed`() throws {
    var random = KeyedRandom(seed: 42, purpose: "test")
    let fixed = try SandboxOptions(["latency": ["fixed": ["time": "3ms"]]]).latency
    #expect(fixed.draw(using: &random) == .milliseconds(3))
    #expect(try SandboxOptions([:]).latency.draw(using: &random) == .zero)
  }
}
