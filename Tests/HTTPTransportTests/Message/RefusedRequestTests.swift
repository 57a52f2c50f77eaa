import HTTPTransport
import Testing

struct RefusedRequestTests {
  private static let url = "http://a.example:81/secret?key=secret"

  /// The message of a request that is refused before anything is sent.
  private func problem(
    _ request: HTTPRequest, _ configuration: HTTPClientConfiguration = HTTPClientConfiguration()
  ) async throws -> String {
    let error = try await failure(of: HTTPClient(configuration), request)
    #expect(error.kind == .invalidRequest)
    #expect(!error.mayHaveReachedServer)
    #expect(error.timings == nil)
    #expect(error.description == error.message)
    return error.message
  }

  @Test(arguments: ["", "GE T", "GET\r\nX: y", "G\u{E9}T", "GET\0", "(GET)"])
  func `a method that is no token is refused`(_ method: String) async throws {
    let message = try await problem(HTTPRequest(method: method, url: Self.url))
    #expect(message == "a.example:81: the method is not an HTTP token")
  }

  @Test func `CONNECT and HEAD with a body are refused`() async throws {
    #expect(
      try await problem(HTTPRequest(method: "CONNECT", url: Self.url))
        == "a.example:81: the method CONNECT can't be used")
    #expect(
      try await problem(HTTPRequest(method: "HEAD", url: Self.url, body: [1]))
        == "a.example:81: a HEAD request can't have a body")
  }

  @Test(arguments: ["", "X Y", "X:", "X\r\nY", "X\0", "\u{E9}"])
  func `a header name that is no token is refused`(_ name: String) async throws {
    let headers = HTTPHeaders([
      HTTPHeader(name: "X-Fine", value: "1"), HTTPHeader(name: name, value: "1"),
    ])
    let message = try await problem(HTTPRequest(url: Self.url, headers: headers))
    #expect(message == "a.example:81: the name of header 2 is not an HTTP token")
  }

  @Test(arguments: ["a\r\nX-Injected: b", "a\nb", "a\rb", "a\0b", "\u{7F}", "a\r\n"])
  func `a header value that could end the header is refused`(_ value: String) async throws {
    let message = try await problem(HTTPRequest(url: Self.url, headers: ["X-Mine": value]))
    #expect(message == "a.example:81: the value of header X-Mine contains a control character")
  }

  @Test(arguments: ["Content-Length", "content-length", "Transfer-Encoding"])
  func `a header that frames the body is refused`(_ name: String) async throws {
    let headers = HTTPHeaders([HTTPHeader(name: name, value: "5")])
    let message = try await problem(HTTPRequest(url: Self.url, headers: headers))
    #expect(message == "a.example:81: the client writes the header \(name) itself")
  }

  @Test func `limits that make no sense are refused`() async throws {
    #expect(
      try await problem(HTTPRequest(url: Self.url, timeout: .zero))
        == "a.example:81: the timeout must be more than zero")
    #expect(
      try await problem(HTTPRequest(url: Self.url, maximumResponseBytes: -1))
        == "a.example:81: maximumResponseBytes must be at least 0")
  }

  @Test func `a user agent that could end the header is refused`() async throws {
    let message = try await problem(
      HTTPRequest(url: Self.url), HTTPClientConfiguration(userAgent: "a\r\nb"))
    #expect(message == "a.example:81: the client's userAgent contains a control character")
  }

  @Test func `an invalid URL is refused without repeating it`() async throws {
    let error = try await failure(
      of: HTTPClient(), HTTPRequest(url: "http://user:secret@a.example/"))
    #expect(error.kind == .invalidURL)
    #expect(error.message == "invalid URL: must not contain user information")
    #expect(!error.mayHaveReachedServer)
  }
}
