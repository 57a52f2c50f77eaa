import HTTPTransport
import Testing

struct HTTPURLTests {
  struct Parts: Sendable {
    let url: String
    let scheme: HTTPURL.Scheme
    let host: String
    let port: Int
    let target: String
    let text: String

    init(
      _ url: String, _ scheme: HTTPURL.Scheme, _ host: String, _ port: Int, _ target: String,
      text: String? = nil
    ) {
      (self.url, self.scheme, self.host) = (url, scheme, host)
      (self.port, self.target, self.text) = (port, target, text ?? url)
    }
  }

  @Test(arguments: [
    Parts("http://a.example/", .http, "a.example", 80, "/"),
    Parts("https://a.example/x/../y?q=%20&r=[1]", .https, "a.example", 443, "/x/../y?q=%20&r=[1]"),
    Parts("http://a.example", .http, "a.example", 80, "/", text: "http://a.example/"),
    Parts("http://a.example?q", .http, "a.example", 80, "/?q", text: "http://a.example/?q"),
    Parts("http://a.example#f", .http, "a.example", 80, "/", text: "http://a.example/"),
    Parts("http://a.example/x?y#z?", .http, "a.example", 80, "/x?y", text: "http://a.example/x?y"),
    Parts("HTTP://A.Example:80/X", .http, "a.example", 80, "/X", text: "http://a.example/X"),
    Parts("https://a.example:80/", .https, "a.example", 80, "/"),
    Parts("http://a_b-c.example:65535/", .http, "a_b-c.example", 65_535, "/"),
    Parts("http://127.0.0.1:1/a@b:c", .http, "127.0.0.1", 1, "/a@b:c"),
    Parts(
      "https://[2001:DB8::1]:8443/", .https, "2001:db8::1", 8443, "/",
      text: "https://[2001:db8::1]:8443/"),
    Parts("http://[::1]/", .http, "::1", 80, "/"),
  ])
  func `a URL is split`(_ expected: Parts) throws {
    let url = try HTTPURL(expected.url)
    #expect(url.scheme == expected.scheme)
    #expect(url.host == expected.host)
    #expect(url.port == expected.port)
    #expect(url.target == expected.target)
    #expect(url.text == expected.text)
  }

  @Test(arguments: [
    ("", "must start with http:// or https://"),
    ("a.example", "must start with http:// or https://"),
    ("//a.example/", "must start with http:// or https://"),
    ("http:/a.example/", "must start with http:// or https://"),
    ("ftp://a.example/", "must start with http:// or https://"),
    ("file:///etc/passwd", "must start with http:// or https://"),
    ("http://user:secret@a.example/", "must not contain user information"),
    ("http://@a.example/", "must not contain user information"),
    ("http://a.example\\@b.example/", "must not contain user information"),
    ("http:///x", "has no host"),
    ("http://:80/", "has no host"),
    ("http://?q", "has no host"),
    ("http://a.example/x y", "contains a space, a control character or one beyond ASCII"),
    ("http://a.example/\r\nX: y", "contains a space, a control character or one beyond ASCII"),
    ("http://a.example/\0", "contains a space, a control character or one beyond ASCII"),
    ("http://a.example/\u{7F}", "contains a space, a control character or one beyond ASCII"),
    ("http://b\u{FC}cher.example/", "contains a space, a control character or one beyond ASCII"),
    ("http://a%2Eb/", "has a host with a character that names can't contain"),
    ("http://a.example\\b/", "has a host with a character that names can't contain"),
    ("http://a..example/", "has a host with a dot at its end or two in a row"),
    ("http://localhost./", "has a host with a dot at its end or two in a row"),
    ("http://127.1/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://2130706433/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://0x7f000001/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://127.0.0.0x1/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://0177.0.0.1/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://127.0.0.256/", "has a number for a host that is not an address like 192.0.2.1"),
    ("http://a.example:/", "must have a port between 1 and 65535, or none"),
    ("http://a.example:0/", "must have a port between 1 and 65535, or none"),
    ("http://a.example:65536/", "must have a port between 1 and 65535, or none"),
    ("http://a.example:+80/", "must have a port between 1 and 65535, or none"),
    ("http://a.example:80:80/", "must have a port between 1 and 65535, or none"),
    ("http://[::1]80/", "must have a port between 1 and 65535, or none"),
    ("http://[::1", "has a [ without ]"),
    ("http://[::1%25eth0]/", "has no IPv6 address between [ and ]"),
    ("http://[127.0.0.1]/", "has no IPv6 address between [ and ]"),
  ])
  func `an ambiguous or unusable URL is refused`(_ url: String, _ problem: String) throws {
    let error = try #require(throws: HTTPError.self) { try HTTPURL(url) }
    #expect(error.kind == .invalidURL)
    #expect(error.message == "invalid URL: \(problem)")
    #expect(!error.mayHaveReachedServer)
  }

  @Test func `an endless URL is refused`() throws {
    let prefix = "http://a.example/"
    let longest = prefix + String(repeating: "a", count: 65_536 - prefix.utf8.count)
    #expect(try HTTPURL(longest).text == longest)
    let error = try #require(throws: HTTPError.self) { try HTTPURL(longest + "a") }
    #expect(error.message == "invalid URL: is longer than 65536 bytes")
  }

  @Test func `messages show host and port only`() throws {
    #expect(try HTTPURL("https://a.example/x?key=1").authority == "a.example:443")
    #expect(try HTTPURL("http://[::1]/x").authority == "[::1]:80")
  }

  @Test(arguments: [
    "localhost", "LocalHost", "127.0.0.1", "127.255.0.9", "::1", "[::1]", "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
  ])
  func `a loopback host is known`(_ host: String) {
    #expect(LoopbackHost.contains(host: host))
  }

  @Test(arguments: [
    "", "localhost.example", "notlocalhost", "127.0.0.1.example", "128.0.0.1", "10.0.0.1", "::2",
    "::", "0.0.0.0", "2001:db8::1", "::ffff:10.0.0.1", "127.1", "localhost:80",
  ])
  func `any other host is not loopback`(_ host: String) {
    #expect(!LoopbackHost.contains(host: host))
  }

  @Test func `a URL is judged by its host alone`() throws {
    #expect(try HTTPURL("http://localhost:8080/").isLoopback)
    #expect(try HTTPURL("http://[::1]/").isLoopback)
    #expect(try !HTTPURL("http://a.example/localhost").isLoopback)
  }
}
