import GenesysCloud
import HTTPTypes
import NIOCore
import NIOHTTP1
import PatchbayCore
import PatchbayJSON

/// Takes a connection's requests to the service, and answers back.
///
/// One request at a time: the pipeline before it holds back what comes behind. The next one waits also
/// until the answers before it have left: whoever doesn't read isn't read either.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let service: SandboxService
  private let bodyLimit: Int
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLarge = false
  /// A whole request that waits until the answers before it have left.
  private var waiting: HTTPRequestHead?
  private let watch: ConnectionWatch
  /// The latest header `Date`, good for its second.
  private var date: (second: Int64, text: String) = (.min, "")

  init(service: SandboxService, watch: ConnectionWatch) {
    self.service = service
    self.watch = watch
    bodyLimit = service.options.bodyLimit.bytes
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(let part):
      if isTooLarge || body.count + part.readableBytes > bodyLimit {
        // It isn't kept; what is left of it is skipped, so that the connection stays usable.
        isTooLarge = true
        body = []
      } else {
        body += part.readableBytesView
      }
    case .end:
      guard let head else { return }
      watch.requestIsWhole()
      if context.channel.isWritable {
        respond(to: head, context)
      } else {
        waiting = head
      }
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable, let head = waiting {
      waiting = nil
      respond(to: head, context)
    }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A connection that broke is its client's affair.
    context.close(promise: nil)
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    self.head = head
    body = []
    let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    isTooLarge = length > bodyLimit
    if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
      let response = HTTPResponseHead(version: head.version, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(response)), promise: nil)
    }
  }

  private func respond(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let target = RequestTarget(parsing: head.uri)
    var fields = ListenerPolicy.Fields(head.headers)
    // A page may lead its browser to the login, which asks its user.
    if target.path == LoginAPI.authorizePath, head.method == .GET, head.isNavigation {
      fields.fetchSite = []
    }
    if let refusal = service.policy.refusal(fields, authority: target.authority) {
      // It isn't a request to the sandbox: it stands in no journal, and nothing counts it.
      var answer = Refusal(refusal).answer(contextID: "")
      answer.isForeign = true
      return send(
        Reply(answer: answer, body: answer.bytes, date: service.now), to: head, context)
    }
    if let preflight = CrossOrigin(head)?.preflight {
      return send(Reply(answer: preflight, date: service.now), to: head, context)
    }
    let request = IncomingRequest(
      method: .init(head.method.rawValue) ?? .get, target: target,
      authorization: head.headers.first(name: "Authorization"),
      userAgent: head.headers.first(name: "User-Agent"),
      contentType: head.headers.first(name: "Content-Type"),
      contentEncoding: head.headers.first(name: "Content-Encoding"),
      body: isTooLarge ? .tooLarge : .bytes(body))
    body = []
    let reply = service.respond(to: request)
    if let wait = reply.wait {
      return linger(wait, until: .now() + TimeAmount(wait.patience), head, context)
    }
    // A slow answer without a body is slow with its head.
    let latency = reply.latency + (reply.body.isEmpty ? reply.slowBody : .zero)
    guard latency > .zero else { return send(reply, to: head, context) }
    // The one wait that is not on the run's clock: what a client measures on the wire is always
    // real time.
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.eventLoop.scheduleTask(in: TimeAmount(latency)) {
      handler.value.send(reply, to: head, context.value)
    }
  }

  /// How often a request that waits is looked after.
  private static let waitInterval = TimeAmount.milliseconds(5)

  /// Asks again until there is an answer, or patience is at its end.
  private func linger(
    _ wait: Wait, until end: NIODeadline, _ head: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    if let reply = wait.answer(.now() >= end) { return send(reply, to: head, context) }
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.eventLoop.scheduleTask(in: Self.waitInterval) {
      guard context.value.channel.isActive else { return }
      handler.value.linger(wait, until: end, head, context.value)
    }
  }

  private func send(_ reply: Reply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard let answer = reply.answer else { return context.close(promise: nil) }
    // Whoever was refused isn't told more.
    let origin = answer.isForeign ? nil : CrossOrigin(head)
    var bytes = reply.body
    var headers = HTTPHeaders()
    headers.reserveCapacity(answer.fields.count + 5)
    headers.add(name: "Date", value: httpDate(reply.date))
    // As on the platform; RFC 6749 §5.1 demands it of tokens.
    headers.add(name: "Cache-Control", value: "no-cache, no-store, must-revalidate")
    for (name, value) in answer.fields { headers.add(name: name, value: value) }
    for (name, value) in origin?.fields ?? [] { headers.add(name: name, value: value) }
    if answer.breaksOff, !bytes.isEmpty { bytes.removeLast(max(1, bytes.count / 2)) }
    if answer.page != nil {
      headers.add(name: "Content-Type", value: "text/html; charset=utf-8")
    } else if answer.body != nil {
      headers.add(name: "Content-Type", value: "application/json")
    }
    if answer.body != nil || answer.page != nil || answer.status != 204 {
      headers.add(name: "Content-Length", value: String(bytes.count))
    }
    if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
    let status = HTTPResponseStatus(statusCode: answer.status)
    context.write(
      wrapOutboundOut(.head(.init(version: head.version, status: status, headers: headers))),
      promise: nil)
    if head.method == .HEAD { bytes = [] }
    if reply.slowBody > .zero, !bytes.isEmpty {
      trickle(bytes[...], over: reply.slowBody / 10, to: head, context)
    } else {
      if !bytes.isEmpty { write(bytes[...], context) }
      finish(head, context)
    }
  }

  private func httpDate(_ time: Timestamp) -> String {
    let second = time.wholeSeconds
    if second != date.second { date = (second, time.httpDate) }
    return date.text
  }

  /// Writes a body in ten parts, with a pause before each.
  private func trickle(
    _ bytes: ArraySlice<UInt8>, over pause: Duration, to head: HTTPRequestHead, parts: Int = 10,
    _ context: ChannelHandlerContext
  ) {
    context.flush()
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.eventLoop.scheduleTask(in: TimeAmount(pause)) {
      let part = bytes.prefix(parts == 1 ? bytes.count : max(1, bytes.count / parts))
      handler.value.write(part, context.value)
      let rest = bytes.dropFirst(part.count)
      if rest.isEmpty { return handler.value.finish(head, context.value) }
      handler.value.trickle(rest, over: pause, to: head, parts: max(1, parts - 1), context.value)
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
  }

  private func finish(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    watch.requestIsAnswered()
    let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if head.isKeepAlive { return }
    let channel = context.channel
    end.whenComplete { _ in channel.close(promise: nil) }
  }
}

extension HTTPRequestHead {
  /// Whether a browser's window goes there (Fetch Metadata §2).
  fileprivate var isNavigation: Bool {
    headers.first(name: "Sec-Fetch-Mode") == "navigate"
      && headers.first(name: "Sec-Fetch-Dest") == "document"
  }
}
