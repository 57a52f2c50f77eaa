/// A request that has been checked and can be written as it is.
struct PreparedRequest: Sendable {
  /// The longest time that a request may be given; it keeps sums of instants from overflowing.
  private static let maximumTimeout: Duration = .seconds(366 * 24 * 3600)

  let method: String
  let url: HTTPURL
  let headerLines: HeaderLines
  let body: [UInt8]
  let timeout: Duration
  let maximumResponseBytes: Int
  let dropsOverlongBody: Bool

  /// Whether the request says how long its body is, also if it is empty (RFC 9110, 8.6).
  var announcesBody: Bool {
    !body.isEmpty || method == "POST" || method == "PUT" || method == "PATCH"
  }

  /// - Parameter url: the request's URL, split.
  init(_ request: HTTPRequest, to url: HTTPURL, userAgent: String) throws(HTTPError) {
    self.url = url
    let problem =
      Self.problem(method: request.method, body: request.body)
      ?? Self.problem(headers: request.headers)
      ?? Self.problem(limits: request)
    if let problem { throw .invalidRequest(url, problem) }
    guard HTTPSyntax.isFieldValue(userAgent) else {
      throw .invalidRequest(url, "the client's userAgent contains a control character")
    }
    method = request.method
    body = request.body
    timeout = min(request.timeout, Self.maximumTimeout)
    maximumResponseBytes = request.maximumResponseBytes
    dropsOverlongBody = request.dropsOverlongBody
    headerLines = Self.lines(request.headers, userAgent: userAgent)
  }

  private static func problem(method: String, body: [UInt8]) -> String? {
    guard HTTPSyntax.isToken(method) else { return "the method is not an HTTP token" }
    // A tunnel is not a request: its answer would have no end.
    guard method != "CONNECT" else { return "the method CONNECT can't be used" }
    guard method != "HEAD" || body.isEmpty else { return "a HEAD request can't have a body" }
    return nil
  }

  private static func problem(headers: HTTPHeaders) -> String? {
    for (index, header) in headers.enumerated() {
      guard HTTPSyntax.isToken(header.name) else {
        return "the name of header \(index + 1) is not an HTTP token"
      }
      guard HTTPSyntax.isFieldValue(header.value) else {
        return "the value of header \(header.name) contains a control character"
      }
      if header.isNamed("Content-Length") || header.isNamed("Transfer-Encoding") {
        return "the client writes the header \(header.name) itself"
      }
    }
    return nil
  }

  private static func problem(limits request: HTTPRequest) -> String? {
    guard request.timeout > .zero else { return "the timeout must be more than zero" }
    guard request.maximumResponseBytes >= 0 else {
      return "maximumResponseBytes must be at least 0"
    }
    return nil
  }

  private static func lines(_ headers: HTTPHeaders, userAgent: String) -> HeaderLines {
    var lines = HeaderLines()
    // libcurl would call every body a form, and ask for consent to send a long one, which
    // costs a second with servers that don't know of it.
    var (names, consents, types) = (false, false, false)
    for header in headers {
      lines.append(header.name, header.value)
      names = names || header.isNamed("User-Agent")
      consents = consents || header.isNamed("Expect")
      types = types || header.isNamed("Content-Type")
    }
    if !names, !userAgent.isEmpty { lines.append("User-Agent", userAgent) }
    if !types { lines.leaveOut("Content-Type") }
    if !consents { lines.leaveOut("Expect") }
    return lines
  }
}
