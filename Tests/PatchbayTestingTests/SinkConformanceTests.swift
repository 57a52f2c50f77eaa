import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Each check of a sink finds what was planted for it.
struct SinkConformanceTests {
  private func problems(_ fault: SinkFault) async -> [String] {
    var check = Conformance(PlantedSink.self, options: ["fault": .string(fault.rawValue)])
    if fault == .ignoresCancellation { check.patience = .milliseconds(300) }
    return await check.problems(
      kept: { try PlantedSink.kept($0) },
      breaking: { directory in unlink(try directory.path(of: "kept")) })
  }

  @Test func `a sound sink has no problems`() async {
    #expect(await problems(.none) == [])
  }

  @Test(arguments: [
    (SinkFault.forgetsHalf, "claims to have written 631 events that aren't kept, such as test-2"),
    (.writesTwice, "keeps 4 events more than once, such as test-0"),
    (.namesStrangers, "a result names event 1 of a batch of 1"),
    (.namesTwice, "a result names an event twice: [0, 0]"),
    (.refusesSilently, "an event is refused without a reason"),
    (.throwsAtMalformed, "malformed events: 8 events are lost in the end"),
    (.needsAnEvent, "no events: there was no event"),
    (.ignoresCancellation, "a cancelled write: hangs: write or finish didn't return"),
    (.claimsWhatBroke, "a broken target: claims to have written"),
    (.findsTheUndeclared, "findings: the metric surprises isn't declared in `metrics`"),
  ])
  func `a planted fault is found`(fault: SinkFault, message: String) async {
    let problems = await problems(fault)
    #expect(problems.contains { $0.contains(message) }, "\(problems)")
  }
}
