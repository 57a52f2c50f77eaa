import ContactModel
import GenesysCloud
import GenesysSandbox
import HTTPTransport
package import Logging
import PatchbayCore
import PatchbayJSON
import Synchronization

/// Sends what was recorded to a sandbox of its own, and holds the answers against those of the recording.
///
/// The sandbox is set up as the recording shows the organisation, and its time is that of the recording.
package struct SandboxComparison: Sendable {
  private let recording: Recording
  private let logger: Logger

  package init(_ recording: Recording, logger: Logger) {
    self.recording = recording
    self.logger = logger
  }

  /// Compares everything.
  ///
  /// - Throws: `PipelineError` if the sandbox can't be set up so.
  package func run() async throws -> ComparisonResult {
    let organization = RecordedOrganization(recording)
    let file: OrganizationFile
    do {
      file = try OrganizationFile(organization.json)
    } catch {
      throw PipelineError("the recording tells of an organisation that can't be: \(error)")
    }
    let clock = RecordedClock(recording.exchanges.first?.time ?? RealClock().now)
    let sandbox = try GenesysSandbox(
      options: try SandboxOptions(["rate_limit": "off"]), organization: file, seed: 1, clock: clock,
      logger: logger)
    let (addresses, address) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: ComparisonResult?.self) { group in
      group.addTask {
        defer { address.finish() }
        try await sandbox.serve { address.yield($0) }
        return nil
      }
      group.addTask {
        for await url in addresses {
          var replay = Replay(of: recording, organization, to: url, clock)
          return try await replay.run()
        }
        return nil
      }
      defer { group.cancelAll() }
      for try await result in group {
        if let result { return result }
      }
      throw PipelineError("the sandbox stopped before all was compared")
    }
  }
}

/// The time of a recording, as far as it has been repeated.
private final class RecordedClock: PipelineClock {
  private let time: Mutex<Timestamp>

  init(_ time: Timestamp) { self.time = Mutex(time) }

  var now: Timestamp { time.withLock { $0 } }

  func advance(to time: Timestamp) { self.time.withLock { $0 = max($0, time) } }

  /// What is due is seen to with the next request: nobody is woken before the comparison ends and
  /// cancels it, so that the length is of no account.
  func sleep(until deadline: Timestamp) async throws { try await Task.sleep(for: .seconds(86_400)) }
  func watch(until deadline: Timestamp) async throws { try await sleep(until: deadline) }
  func hold() {}
  func release() {}
}

/// Repeats a recording, exchange by exchange.
private struct Replay {
  private let recording: Recording
  private let url: String
  private let clock: RecordedClock
  private let client = HTTPClient(HTTPClientConfiguration())
  private let tokenUsers: [Int: String]
  private var tokens: [Int: String] = [:]
  private var bindings: IDBindings
  private var result = ComparisonResult()

  init(
    of recording: Recording, _ organization: RecordedOrganization, to url: String,
    _ clock: RecordedClock
  ) {
    self.recording = recording
    self.url = url
    self.clock = clock
    tokenUsers = organization.tokenUsers
    bindings = IDBindings(same: organization.ids)
  }

  mutating func run() async throws -> ComparisonResult {
    for exchange in recording.exchanges {
      clock.advance(to: exchange.time)
      try await repeats(exchange)
    }
    await client.shutdown()
    return result
  }

  private mutating func repeats(_ exchange: Recording.Exchange) async throws {
    let path = exchange.target.prefix { $0 != "?" }
    if path == LoginAPI.tokenPath, exchange.givesToken != nil,
      exchange.requestBody?["grant_type"]?.string != LoginAPI.grantType
    {
      return result.skip("logins of users: their tokens are given without a browser")
    }
    if path == LoginAPI.authorizePath { return result.skip("pages of the login") }
    if path == LoginAPI.tokenPath, exchange.status != 200 {
      return result.skip("logins that failed: the client's secret isn't recorded")
    }
    let response = try await client.send(request(exchange, isLogin: path == LoginAPI.tokenPath))
    let body =
      response.body.isEmpty
      ? nil : try? JSONValue(parsing: response.body, limits: JSONLimits(bytes: 1 << 26))
    if let number = exchange.givesToken, let token = body?["access_token"]?.string {
      tokens[number] = token
    }
    var comparison = AnswerComparison(of: Self.operation(of: exchange), bindings)
    comparison.compare(status: exchange.status, with: response.status)
    comparison.compare(exchange.responseBody, with: body)
    bindings = comparison.bindings
    for difference in comparison.differences { result.add(difference) }
    result.addCompared()
  }

  private mutating func request(
    _ exchange: Recording.Exchange, isLogin: Bool
  ) async throws -> HTTPRequest {
    var request = HTTPRequest(
      method: exchange.method, url: url + bindings.translate(exchange.target),
      maximumResponseBytes: 1 << 26)
    if isLogin {
      request.headers.append("Content-Type", "application/x-www-form-urlencoded")
      request.headers.append(
        "Authorization", BasicCredentials(id: "sandbox", secret: "sandbox").headerValue)
      request.body = Array("grant_type=\(LoginAPI.grantType)".utf8)
      return request
    }
    if let number = exchange.token {
      request.headers.append("Authorization", "Bearer \(try await token(number))")
    }
    if let body = exchange.requestBody {
      request.headers.append("Content-Type", "application/json")
      request.body = Array(bindings.translate(body).text().utf8)
    }
    return request
  }

  /// The sandbox's token for one of the recording: of the same user, as far as that is known.
  private mutating func token(_ number: Int) async throws -> String {
    if let token = tokens[number] { return token }
    var wish: [JSONValue.Member] = []
    if let user = tokenUsers[number] {
      wish.append(.init("userId", .string(bindings.translate(user))))
    }
    let response = try await client.send(
      HTTPRequest(
        method: "POST", url: "\(url)/sandbox/tokens",
        headers: ["Content-Type": "application/json"],
        body: Array(JSONValue.object(wish).text().utf8)))
    let body = try JSONValue(parsing: response.body)
    guard let token = body["access_token"]?.string else {
      throw PipelineError("the sandbox gave no token: \(body.text())")
    }
    tokens[number] = token
    return token
  }

  /// What was asked for, with braces for ids.
  private static func operation(of exchange: Recording.Exchange) -> String {
    let path = exchange.target.prefix { $0 != "?" }
    let segments = path.split(separator: "/").map { segment in
      let text = String(segment)
      return text.hasPrefix("streaming-") || UUIDBits(lowercase: Array(text.utf8)) != nil
        ? "{}" : text
    }
    return "\(exchange.method) /\(segments.joined(separator: "/"))"
  }
}
