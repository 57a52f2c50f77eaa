import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import PatchbayCore

/// Serves what can be looked at of something that goes on, on the loopback interface or on a socket of its own.
///
/// It only shows: nothing can be changed by it. Requests are answered as `ListenerPolicy` says, so that no web page
/// that somebody looks at can read it.
package struct PageServer: Sendable {
  /// Where it listens.
  package enum Address: Sendable {
    /// On the loopback interface; port 0 takes any that is free.
    case port(Int)
    /// On a socket in the file system, which belongs to whoever made it.
    case socket(path: String)
  }

  private let address: Address
  private let pages: [Page]
  private let policy = ListenerPolicy()
  private let logger: Logger

  /// - Parameters:
  ///   - address: where it listens.
  ///   - pages: what it serves.
  ///   - logger: told of what goes wrong with connections, at the level `debug`.
  package init(_ address: Address, _ pages: [Page], logger: Logger) {
    self.address = address
    self.pages = pages
    self.logger = logger
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter ready: called once clients can connect, with the port; nil on a socket.
  /// - Throws: `PipelineError` if it can't listen there.
  package func serve(ready: @escaping @Sendable (Int?) async -> Void) async throws {
    let router = Router()
    router.add(middleware: Gatekeeper(policy: policy, checksHost: !isSocket))
    for page in pages { router.get(RouterPath(page.path)) { _, _ in page.response() } }
    var logger = logger
    // Its own words are about its life, which is ours to tell.
    logger.logLevel = .critical
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: bindAddress, serverName: "patchbay"),
      onServerRunning: { await ready($0.localAddress?.port) }, logger: logger)
    do {
      try await application.run()
    } catch is CancellationError {
    } catch {
      if Task.isCancelled { return }
      throw PipelineError("can't listen on \(place): \(error)", code: .unusableFile)
    }
  }

  private var isSocket: Bool {
    if case .socket = address { true } else { false }
  }

  private var place: String {
    switch address {
    case .port(let port): "127.0.0.1:\(port)"
    case .socket(let path): path
    }
  }

  private var bindAddress: BindAddress {
    switch address {
    case .port(let port): .hostname("127.0.0.1", port: port)
    case .socket(let path): .unixDomainSocket(path: path)
    }
  }
}

/// Something that can be asked for.
package struct Page: Sendable {
  /// What it answers.
  package enum Content: Sendable {
    /// A text as it is now.
    case text(String, type: String, status: Int = 200)
    /// Server-sent events, each sent with its name, until it returns; whoever reads slowly holds up nobody else.
    case events(@Sendable (_ send: Send) async throws -> Void)
  }

  /// Sends an event.
  package typealias Send = (_ name: String, _ data: String) async throws -> Void

  let path: String
  let content: @Sendable () -> Content
  /// What browsers may do with it, beside nothing.
  let policy: String

  /// - Parameters:
  ///   - path: where it is, such as `/metrics`.
  ///   - policy: what a Content-Security-Policy allows beside its styles.
  ///   - content: makes the answer.
  package init(
    _ path: String, policy: String = "", _ content: @escaping @Sendable () -> Content
  ) {
    self.path = path
    self.policy = policy
    self.content = content
  }

  func response() -> Response {
    var headers = HTTPFields()
    headers[.cacheControl] = "no-store"
    headers[.xContentTypeOptions] = "nosniff"
    headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; \(policy)"
    if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "no-referrer" }
    switch content() {
    case .text(let text, let type, let status):
      headers[.contentType] = type
      return Response(
        status: .init(code: status), headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    case .events(let events):
      headers[.contentType] = "text/event-stream; charset=utf-8"
      return Response(
        status: .ok, headers: headers,
        body: ResponseBody { writer in
          try await events { name, data in
            try await writer.write(ByteBuffer(string: Self.frame(name, data)))
          }
          try await writer.finish(nil)
        })
    }
  }

  /// An event as the HTML standard's event streams have it: a line of data for each line.
  private static func frame(_ name: String, _ data: String) -> String {
    let lines = data.split(separator: "\n", omittingEmptySubsequences: false)
    return "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
  }
}

/// Answers only whom it may.
private struct Gatekeeper<Context: RequestContext>: RouterMiddleware {
  let policy: ListenerPolicy
  /// Nobody but its owner reaches a socket in the file system.
  let checksHost: Bool

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if checksHost {
      var fields = ListenerPolicy.Fields()
      fields.host = request.head.authority.map { [$0] } ?? []
      fields.origin = request.headers[values: .origin]
      if let name = HTTPField.Name("Sec-Fetch-Site") {
        fields.fetchSite = request.headers[values: name]
      }
      // Whoever follows a link to it, or types its address, comes from elsewhere to the page itself.
      let isVisit = request.headers[HTTPField.Name("Sec-Fetch-Mode") ?? .accept] == "navigate"
      if isVisit { fields.fetchSite = [] }
      if let refusal = policy.refusal(fields) {
        return Response(
          status: refusal.status == 400 ? .badRequest : .forbidden,
          headers: [.contentType: "text/plain; charset=utf-8"],
          body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.description + "\n")))
      }
    }
    return try await next(request, context)
  }
}
