import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct ModelTests {
  @Test func `only so many tokens are remembered`() {
    var tokens = IssuedTokens()
    func issue() -> String {
      tokens.issue(permissions: ["p"], lifetime: .seconds(60), at: testStart, seed: 42)
    }
    func isKnown(_ token: String) -> Bool {
      switch tokens.admit(token, requiring: "p", at: testStart, limit: nil) {
      case .admitted: true
      case .unknown, .expired, .forbidden, .overLimit: false
      }
    }
    let first = issue()
    for _ in 1..<IssuedTokens.capacity { _ = issue() }
    #expect(isKnown(first))
    let last = issue()
    #expect(!isKnown(first))
    #expect(isKnown(last))
  }

  @Test func `a clock that is set back opens a new window`() {
    var window = RateWindow(start: testStart)
    let limit = Rate.perMinute(1)
    #expect(window.admit(at: testStart, limit: limit).isAdmitted)
    #expect(!window.admit(at: testStart, limit: limit).isAdmitted)
    let earlier = testStart.advanced(by: .seconds(-1))
    let admission = window.admit(at: earlier, limit: limit)
    #expect(admission.isAdmitted)
    #expect(admission.usage == .init(count: 1, limit: limit, secondsLeft: 60))
  }

  @Test func `the model grows with distinct sequence ids alone`() throws {
    var model = SandboxModel()
    let faults = try SandboxFaults([:])
    let event = WorkspaceEvent(
      sequenceID: Array("a".utf8), timestamp: testStart,
      interactionID: UUIDBits(high: 0, low: 1), agentID: UUIDBits(high: 0, low: 2),
      state: "routing/agent/available")
    for _ in 0..<1000 {
      _ = model.receive([event], faults: faults, seed: 42)
      model.count(path: "other", outcome: "404")
      model.receive(document: [:])
    }
    #expect(model.counts.records.count == 1)
    #expect(model.counts.requests == ["other": ["404": 1000]])
    #expect(model.counts.documents.count == SandboxModel.documentCapacity)
    #expect(model.counts.duplicates == 999)
  }
}
