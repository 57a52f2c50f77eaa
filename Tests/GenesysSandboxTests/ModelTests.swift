import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct ModelTests {
  @Test func `only so many tokens are remembered`() {
    var tokens = IssuedTokens()
    func issue() -> String {
      let grant = IssuedTokens.Grant(
        client: "c", user: nil, permissions: ["p"],
        expiresAt: testStart.advanced(by: .seconds(60)))
      return tokens.issue(grant, at: testStart, ids: CredentialIDs(seed: nil))
    }
    func isKnown(_ token: String) -> Bool {
      switch tokens.admit(token, requiringAnyOf: ["p"], at: testStart, limit: nil) {
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
}
