import PatchbayOptions
import Testing

struct EndpointURLTests {
  @Test func `an address is taken apart`() throws {
    let url = try #require(
      EndpointURL(optionText: "HTTPS://API.Example.com:8443/v2/events?x=1&y=%20"))
    #expect(url.scheme == "https")
    #expect(url.host == "api.example.com")
    #expect(url.port == 8443)
    #expect(url.effectivePort == 8443)
    #expect(url.path == "/v2/events")
    #expect(url.query == "x=1&y=%20")
    #expect(url.isSecure)
    #expect(url.optionText == "HTTPS://API.Example.com:8443/v2/events?x=1&y=%20")
  }

  @Test(arguments: [
    ("http://localhost", "localhost", 80, ""),
    ("https://localhost", "localhost", 443, ""),
    ("http://127.0.0.1:8080/", "127.0.0.1", 8080, "/"),
    ("http://[::1]:9/a", "::1", 9, "/a"),
    ("http://[::ffff:127.0.0.1]", "::ffff:127.0.0.1", 80, ""),
    ("http://a_b.example?q", "a_b.example", 80, ""),
    ("http://a/b@c:d/[e]", "a", 80, "/b@c:d/[e]"),
  ])
  func `names, IPv4 and IPv6 addresses are hosts`(
    text: String, host: String, port: Int, path: String
  ) throws {
    let url = try #require(EndpointURL(optionText: text))
    #expect(url.host == host)
    #expect(url.effectivePort == port)
    #expect(url.path == path)
  }

  @Test(arguments: [
    "", "sandbox", "example.com", "//example.com", "http:", "http:/a", "http://", "http:///a",
    "http://?q", "ftp://a", "file:///etc/passwd", "http://user@a", "http://user:word@a",
    "http://a:", "http://a:0", "http://a:65536", "http://a:8x", "http://a:+8", "http://a b",
    " http://a", "http://a\n", "http://a/#top", "http://a/%", "http://a/%2", "http://a/%zz",
    "http://a/\u{E9}", "http://b\u{FC}cher", "http://a..b", "http://.a", "http://[::1", "http://[]",
    "http://[1]", "http://[12345::1]", "http://[g::1]", "http://::1", "http://a/\u{7F}",
    "http://a/{b}", "http://a\\b", "http://a/\"b\"", "://a", ":", "http://127.1", "http://a.b.",
    "http://2130706433", "http://0x7f000001", "http://[::1%25eth0]", "http://1.2.3.256",
  ])
  func `what is no address of a service is refused`(text: String) {
    #expect(EndpointURL(optionText: text) == nil)
  }

  @Test func `a literal that is no address has no host`() {
    let url: EndpointURL = "not an address"
    #expect(url.host.isEmpty)
    #expect(url.text == "not an address")
  }
}
