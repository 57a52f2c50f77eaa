import HTTPTransport
import NIOCore
import NIOHTTP1
import PatchbayCore

/// Takes a connection's requests to where they are meant for, and the answers back.
final class PassingHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// What is said between two neighbours alone (RFC 9110 §7.6.1), and what each side sets by itself.
  private static let ownHeaders: Set<String> = [
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "host", "content-length", "accept-encoding", "expect",
    "user-agent",
  ]

  private let upstream: RecordingProxy.Upstream
  private let client: HTTPClient
  private let writer: RecordingWriter
  private let policy = ListenerPolicy()
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLarge = false

  init(to upstream: RecordingProxy.Upstream, by client: HTTPClient, _ writer: RecordingWriter) {
    self.upstream = upstream
    self.client = client
    self.writer = writer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      isTooLarge = false
    case .body(let part):
      isTooLarge = isTooLarge || body.count + part.readableBytes > RecordingProxy.bodyLimit
      if isTooLarge { body = [] } else { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      pass(head, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func pass(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let fields = ListenerPolicy.Fields(
      host: head.headers["Host"], origin: head.headers["Origin"],
      fetchSite: head.headers["Sec-Fetch-Site"])
    if let refusal = policy.refusal(fields) {
      return answer(refusal.status, [:], Array(refusal.description.utf8), head, context)
    }
    guard head.uri.hasPrefix("/") else {
      return answer(400, [:], Array("expected a path as target".utf8), head, context)
    }
    if isTooLarge { return answer(413, [:], [], head, context) }
    let request = request(head)
    let passage = RecordingWriter.Passage(
      time: RealClock().now, method: head.method.rawValue, target: head.uri,
      authorization: head.headers.first(name: "Authorization"),
      requestType: head.headers.first(name: "Content-Type") ?? "", request: body, status: 0,
      response: [])
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let eventLoop = context.eventLoop
    let client = client
    let writer = writer
    // A handler on an event loop can't wait. It ends with the client, which is closed with the proxy.
    Task {
      var passage = passage
      do throws(HTTPError) {
        let response = try await client.send(request)
        passage.status = response.status
        passage.response = response.body
        writer.write(passage)
        eventLoop.execute {
          bound.value.0.answer(
            response.status, response.headers, response.body, head, bound.value.1)
        }
      } catch {
        let text = "\(error)"
        eventLoop.execute {
          bound.value.0.answer(502, [:], Array(text.utf8), head, bound.value.1)
        }
      }
    }
  }

  private func request(_ head: HTTPRequestHead) -> HTTPRequest {
    var headers = HTTPTransport.HTTPHeaders()
    for (name, value) in head.headers where !Self.ownHeaders.contains(name.lowercased()) {
      headers.append(name, value)
    }
    let host = head.uri.hasPrefix("/oauth/") ? upstream.login : upstream.api
    return HTTPRequest(
      method: head.method.rawValue, url: host + head.uri, headers: headers, body: body,
      timeout: .seconds(60), maximumResponseBytes: RecordingProxy.bodyLimit)
  }

  private func answer(
    _ status: Int, _ fields: HTTPTransport.HTTPHeaders, _ body: [UInt8], _ head: HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    guard context.channel.isActive else { return }
    var headers = NIOHTTP1.HTTPHeaders()
    for field in fields where !Self.ownHeaders.contains(field.name.lowercased()) {
      headers.add(name: field.name, value: field.value)
    }
    if status != 204, status != 304 {
      headers.add(name: "Content-Length", value: String(body.count))
    }
    if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
    let response = HTTPResponseHead(
      version: head.version, status: HTTPResponseStatus(statusCode: status), headers: headers)
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    if head.method != .HEAD, !body.isEmpty {
      let buffer = context.channel.allocator.buffer(bytes: body)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    let channel = context.channel
    let isLast = !head.isKeepAlive
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if isLast { channel.close(promise: nil) }
    }
  }
}
