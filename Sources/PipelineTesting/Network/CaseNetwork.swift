import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Synchronization

/// The network of a test case: it answers from the case's scripts, and writes down what it was sent.
///
/// A request without a script goes to a server of the run itself, such as the embedded sandbox, if it is
/// addressed to it, and else is refused: a test sends nothing to anybody, not on this machine either.
final class CaseNetwork: HTTPNetwork, RunObserver {
  private struct State {
    var scripts: [(pattern: RequestPattern, replies: [Reply], isUsed: Bool)]
    var sent: [SentRequest] = []
    var unscripted: [String] = []
    /// The ports of the run's own servers.
    var ownPorts: Set<Int> = []
  }

  private let state: Mutex<State>
  private let clock: any PipelineClock
  private let start: Timestamp

  /// - Parameter scripts: replies by pattern; of several that match, the longest pattern counts.
  init(_ scripts: [RequestPattern: [Reply]], clock: any PipelineClock) {
    let sorted = scripts.sorted {
      ($1.key.text.count, $0.key.text) < ($0.key.text.count, $1.key.text)
    }
    state = Mutex(
      State(
        scripts: sorted.map { pattern, replies in
          (
            pattern, replies.flatMap { Array(repeating: $0, count: min($0.times, 100_000)) }, false
          )
        }))
    self.clock = clock
    start = clock.now
  }

  /// Everything that was sent, in order.
  var sent: [SentRequest] { state.withLock { $0.sent } }

  /// Requests that nobody answers, as the pattern they would need; each once.
  var unscripted: [String] { state.withLock { $0.unscripted } }

  /// Scripts with replies that nobody asked for.
  var leftOver: [(pattern: String, count: Int)] {
    state.withLock { state in
      state.scripts.map { script in
        (script.pattern.text, script.replies.count { !$0.isLasting || !script.isUsed })
      }
      .filter { $0.count > 0 }
    }
  }

  func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester {
    CaseRequester(network: self, sandbox: HTTPClient(configuration))
  }

  fileprivate func send(
    _ request: HTTPRequest, sandbox: HTTPClient
  ) async throws(HTTPError) -> HTTPResponse {
    let time = clock.now.since(start)
    let reply = state.withLock { state -> Reply? in
      state.sent.append(SentRequest(request: request, time: time))
      guard let index = state.scripts.firstIndex(where: { $0.pattern.matches(request) }),
        !state.scripts[index].replies.isEmpty
      else { return nil }
      state.scripts[index].isUsed = true
      if let first = state.scripts[index].replies.first, first.isLasting { return first }
      return state.scripts[index].replies.removeFirst()
    }
    if let reply { return try await answer(reply, to: request) }
    if isForOwnServer(request) { return try await sandbox.send(request) }
    let wanted = "\(request.method) \(request.url.prefix { $0 != "?" })"
    state.withLock { state in
      if !state.unscripted.contains(wanted) { state.unscripted.append(wanted) }
    }
    throw HTTPError(kind: .other, message: "no reply is scripted for \(wanted)")
  }

  func connection(_ name: String, opened connection: any Connection) {
    guard let server = connection as? any LoopbackServer,
      let port = EndpointURL(optionText: server.baseURL)?.effectivePort
    else { return }
    state.withLock { _ = $0.ownPorts.insert(port) }
  }

  private func isForOwnServer(_ request: HTTPRequest) -> Bool {
    guard let url = EndpointURL(optionText: request.url), LoopbackHost.contains(host: url.host)
    else { return false }
    return state.withLock { $0.ownPorts.contains(url.effectivePort) }
  }

  private func answer(
    _ reply: Reply, to request: HTTPRequest
  ) async throws(HTTPError) -> HTTPResponse {
    let isTimeout = reply.fault == .timeout || reply.after > request.timeout
    do {
      let wait = isTimeout ? request.timeout : reply.after
      if wait > .zero { try await clock.sleep(for: wait) }
    } catch {
      throw HTTPError(
        kind: .cancelled, message: "the request was cancelled", mayHaveReachedServer: true)
    }
    if isTimeout {
      throw HTTPError(
        kind: .timeout, message: "no answer within \(request.timeout.optionText)",
        mayHaveReachedServer: true)
    }
    switch reply.fault {
    case .drop:
      throw HTTPError(
        kind: .dropped, message: "the connection was closed without an answer",
        mayHaveReachedServer: true)
    case .refuse: throw HTTPError(kind: .connect, message: "the connection was refused")
    case .timeout, nil: return response(of: reply)
    }
  }

  private func response(of reply: Reply) -> HTTPResponse {
    var headers = HTTPHeaders()
    for (name, value) in reply.headers.sorted(by: { $0.key < $1.key }) {
      headers.append(name, value)
    }
    let body: [UInt8] =
      switch reply.body?.node.value {
      case nil: []
      case .string(let text)?: Array(text.utf8)
      case let value?: Array(value.text().utf8)
      }
    return HTTPResponse(
      status: reply.status ?? 200, headers: headers, body: body,
      timings: HTTPTimings(total: .zero))
  }
}

/// A client of a case's network.
private struct CaseRequester: HTTPRequester {
  let network: CaseNetwork
  let sandbox: HTTPClient

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    try await network.send(request, sandbox: sandbox)
  }

  func shutdown() async { await sandbox.shutdown() }
}
