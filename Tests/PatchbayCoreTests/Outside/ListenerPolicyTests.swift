import PatchbayCore
import Testing

struct ListenerPolicyTests {
  private let policy = ListenerPolicy(hosts: ["Sandbox.test"], origins: ["http://localhost:3000"])

  private func status(
    _ host: [String], origin: [String] = [], site: [String] = [], authority: String? = nil
  ) -> Int? {
    policy.refusal(.init(host: host, origin: origin, fetchSite: site), authority: authority)?.status
  }

  @Test(arguments: [
    "127.0.0.1", "127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8080",
    "sandbox.test:80", "SANDBOX.TEST",
  ])
  func `its own names are answered, whatever the port`(host: String) {
    #expect(status([host]) == nil)
    #expect(status(["localhost"], authority: host) == nil)
  }

  @Test(arguments: [
    "evil.test", "evil.test:8080", "127.0.0.1.evil.test", "127.0.0.1@evil.test", "localhost.",
    "127.1", "[::1", "[::1]x", "[::2]", "127.0.0.1:x", "localhost:80:80", "",
  ])
  func `other names are misdirected`(host: String) {
    #expect(status([host]) == 421)
    #expect(status(["localhost"], authority: host) == 421)
  }

  @Test func `there is one host`() {
    #expect(status([]) == 400)
    #expect(status(["localhost", "localhost"]) == 400)
  }

  @Test(arguments: [
    ("localhost:8080", "http://localhost:8080"), ("LocalHost:8080", "http://localhost:8080"),
    ("127.0.0.1", "http://127.0.0.1"), ("127.0.0.1:8080", "http://localhost:3000"),
  ])
  func `pages of its own and named ones may use it`(host: String, origin: String) {
    #expect(status([host], origin: [origin], site: ["cross-site"]) == nil)
  }

  @Test(arguments: [
    "http://evil.test", "https://localhost:8080", "http://localhost:8081", "http://localhost",
    "http://127.0.0.1:8080", "null", "", "file://", "http://localhost:8080.evil.test",
  ])
  func `other pages may not`(origin: String) {
    #expect(status(["localhost:8080"], origin: [origin]) == 403)
    #expect(status(["localhost:8080"], origin: ["http://localhost:8080", origin]) == 403)
  }

  @Test func `what pages load without an origin is told by its site`() {
    #expect(status(["localhost"], site: ["cross-site"]) == 403)
    #expect(status(["localhost"], site: ["same-site"]) == 403)
    #expect(status(["localhost"], site: ["same-origin"]) == nil)
    #expect(status(["localhost"], site: ["none"]) == nil)
  }

  @Test func `a refusal says what to do, and what was sent can't drive a terminal`() {
    let refusal = policy.refusal(.init(host: ["evil\u{1B}[2J\u{202E}.test"]))
    #expect(
      refusal?.description
        == "the host \"evil\\u001b[2JU+202E.test\" isn't this one's; use 127.0.0.1 or localhost, or "
        + "name it in the option \"hosts\"")
  }
}
