import HTTPTypes
import Hummingbird
import NIOCore
import PatchbayCore
import PatchbayJSON

/// Takes requests from the server's sockets to the service, and answers back.
struct SandboxResponder: HTTPResponder {
  /// A request's surroundings: its connection.
  struct Context: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
      channel = source.channel
    }
  }

  let service: SandboxService

  func respond(to request: Request, context: Context) async throws -> Response {
    let incoming = IncomingRequest(
      method: request.method, target: RequestTarget(parsing: request.head.path ?? "/"),
      fields: request.headers, body: try await body(of: request))
    let reply = service.respond(to: incoming)
    if reply.latency > .zero {
      // The one wait that is not on the run's clock: what a client measures on the wire is always
      // real time. When the server is shut down meanwhile, the answer goes out at once.
      try? await ContinuousClock().sleep(for: reply.latency)
    }
    guard let answer = reply.answer else {
      try? await context.channel.close()
      // Never sent, for there is nowhere to send it to.
      return Response(status: .noContent)
    }
    return response(answer, slowBody: reply.slowBody, includesBody: request.method != .head)
  }

  /// Reads the body up to the limit; the server itself skips what is left.
  private func body(of request: Request) async throws -> IncomingRequest.Body {
    let limit = service.options.bodyLimit.bytes
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      return .tooLarge
    }
    do {
      let buffer = try await request.body.collect(upTo: limit)
      return .bytes(Array(buffer.readableBytesView))
    } catch is NIOTooManyBytesError {
      return .tooLarge
    }
  }

  private func response(
    _ answer: Answer, slowBody: Duration, includesBody: Bool
  ) -> Response {
    var fields = HTTPFields()
    // As on the platform; RFC 6749 §5.1 demands it of tokens.
    fields[.cacheControl] = "no-cache, no-store, must-revalidate"
    for (name, value) in answer.fields {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    guard let json = answer.body else {
      return Response(status: .init(code: answer.status), headers: fields)
    }
    fields[.contentType] = "application/json"
    var bytes: [UInt8] = []
    JSONWriter.append(json, to: &bytes)
    if answer.breaksOff { bytes.removeLast(max(1, bytes.count / 2)) }
    if includesBody {
      let body =
        slowBody > .zero
        ? Self.slow(bytes, over: slowBody) : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      return Response(status: .init(code: answer.status), headers: fields, body: body)
    }
    fields[.contentLength] = String(bytes.count)
    return Response(status: .init(code: answer.status), headers: fields)
  }

  /// A body that comes in ten parts, with pauses before each.
  private static func slow(_ bytes: [UInt8], over time: Duration) -> ResponseBody {
    ResponseBody(contentLength: bytes.count) { writer in
      let parts = 10
      for part in 0..<parts {
        try? await ContinuousClock().sleep(for: time / parts)
        let range = bytes.count * part / parts..<bytes.count * (part + 1) / parts
        if !range.isEmpty { try await writer.write(ByteBuffer(bytes: bytes[range])) }
      }
      try await writer.finish(nil)
    }
  }
}
