import GenesysCloud
import GenesysSandbox
import PatchbayJSON
import Testing

/// Talks to a sandbox, one connection for each request.
struct SandboxClient: Sendable {
  var port: Int

  init(baseURL: String) throws {
    let prefix = "http://127.0.0.1:"
    try #require(baseURL.hasPrefix(prefix))
    port = try #require(Int(baseURL.dropFirst(prefix.count)))
    try #require(port > 0)
  }

  func send(
    _ method: String, _ target: String, _ fields: [String: String] = [:], body: [UInt8] = []
  ) async throws -> ReceivedAnswer {
    let bytes = try await exchange(
      Self.request(method, target, fields, body: body), port: port)
    return try ReceivedAnswer(parsing: bytes, hasBody: method != "HEAD")
  }

  /// The bytes of a request; asks for the connection to be closed unless told otherwise.
  static func request(
    _ method: String, _ target: String, _ fields: [String: String] = [:], body: [UInt8] = []
  ) -> [UInt8] {
    var head = "\(method) \(target) HTTP/1.1\r\n"
    let common = ["Host": "127.0.0.1", "Connection": "close", "Content-Length": String(body.count)]
    for (name, value) in fields.merging(common, uniquingKeysWith: { one, _ in one }) {
      head += "\(name): \(value)\r\n"
    }
    return Array((head + "\r\n").utf8) + body
  }

  func requestToken(
    id: String = "sandbox", secret: String = "sandbox",
    form: String = "grant_type=client_credentials"
  ) async throws -> ReceivedAnswer {
    try await send(
      "POST", LoginAPI.tokenPath,
      [
        "Authorization": BasicCredentials(id: id, secret: secret).headerValue,
        "Content-Type": "application/x-www-form-urlencoded",
      ], body: Array(form.utf8))
  }

  func token() async throws -> String {
    try #require(TokenResponse(parsing: try await requestToken().json)).accessToken
  }

  static func eventRequest(
    _ events: JSONValue, token: String?, query: String = "?async=true",
    _ fields: [String: String] = [:]
  ) -> [UInt8] {
    var all = fields
    if let token { all["Authorization"] = "Bearer \(token)" }
    if all["Content-Type"] == nil { all["Content-Type"] = "application/json" }
    return request(
      "POST", WorkspaceAPI.eventsPath + query, all, body: Array(events.text().utf8))
  }

  func post(
    _ events: JSONValue, token: String?, query: String = "?async=true",
    _ fields: [String: String] = [:]
  ) async throws -> ReceivedAnswer {
    let bytes = try await exchange(
      Self.eventRequest(events, token: token, query: query, fields), port: port)
    return try ReceivedAnswer(parsing: bytes)
  }

  func state(_ query: String = "") async throws -> JSONValue {
    try await send("GET", GenesysSandbox.statePath + query).json
  }
}
