import HTTPTransport
import Testing

/// The proxy that is told is the one that libcurl uses, by its own documentation.
struct EnvironmentProxyTests {
  private func proxy(_ url: String, _ variables: [String: String]) throws -> String? {
    EnvironmentProxy.serving(try HTTPURL(url)) { variables[$0] }?.description
  }

  @Test func `the scheme's variable goes before the one for all, small letters before capitals`()
    throws
  {
    let all = [
      "http_proxy": "http://h:1", "https_proxy": "http://s:2", "HTTPS_PROXY": "http://S:3",
      "all_proxy": "socks5://a:4", "ALL_PROXY": "socks5://A:5",
    ]
    #expect(try proxy("http://x.test", all) == "through the proxy http://h:1 (http_proxy)")
    #expect(try proxy("https://x.test", all) == "through the proxy http://s:2 (https_proxy)")
    let capitals = all.filter { $0.key != "http_proxy" && $0.key != "https_proxy" }
    #expect(try proxy("https://x.test", capitals) == "through the proxy http://S:3 (HTTPS_PROXY)")
    #expect(try proxy("http://x.test", capitals) == "through the proxy socks5://a:4 (all_proxy)")
    #expect(try proxy("http://x.test", ["HTTP_PROXY": "http://h:1"]) == nil)
    #expect(try proxy("http://x.test", ["http_proxy": ""]) == nil)
    #expect(try proxy("http://x.test", [:]) == nil)
  }

  @Test func `user name and password aren't shown`() throws {
    #expect(
      try proxy("http://x.test", ["http_proxy": "http://user:hunter2@h:1"])
        == "through the proxy http://h:1 (http_proxy)")
    #expect(
      try proxy("http://x.test", ["http_proxy": "user:hunt@er2@h:1"])
        == "through the proxy h:1 (http_proxy)")
  }

  @Test(arguments: [
    ("x.test", "x.test", true), ("x.test", "a.x.test", true), (".x.test", "x.test", true),
    ("x.test", "ax.test", false), ("X.TEST.", "x.test", true), ("y.test, x.test", "x.test", true),
    ("y.test x.test", "x.test", true), ("*", "x.test", true), ("*.test", "x.test", false),
    ("192.0.2.0/24", "192.0.2.77", true), ("192.0.2.0/24", "192.0.3.77", false),
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.10", false), ("", "x.test", false),
  ])
  func `hosts that no_proxy names go straight`(list: String, host: String, isExempt: Bool) throws {
    for name in ["no_proxy", "NO_PROXY"] {
      let found = try proxy("http://\(host)", ["http_proxy": "http://h:1", name: list])
      #expect((found == nil) == isExempt)
    }
  }

  @Test(arguments: ["http://127.0.0.1", "http://localhost:8080", "http://[::1]"])
  func `this machine is never behind a proxy`(url: String) throws {
    #expect(try proxy(url, ["http_proxy": "http://h:1", "all_proxy": "http://h:1"]) == nil)
  }
}
