import GenesysCloud
import PatchbayCore
import PatchbayJSON
import Synchronization

/// Answers requests from the model; knows nothing of sockets.
final class SandboxService: Sendable {
  /// How deep a body may nest.
  private static let jsonDepth = 32

  let options: SandboxOptions
  let seed: UInt64
  let clock: any PipelineClock
  private let model = Mutex(SandboxModel())

  init(options: SandboxOptions, seed: UInt64, clock: any PipelineClock) {
    self.options = options
    self.seed = seed
    self.clock = clock
  }

  /// Decides about a request; when this returns, the model has changed and nothing is pending.
  func respond(to request: IncomingRequest) -> Reply {
    let number = withModel { $0.nextRequestNumber() }
    var ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox correlation", number)
    let contextID = UUIDBits.version4(using: &ids).description
    let route = Route(path: request.target.path)
    var answer: Answer?
    var delivery: Delivery?
    do throws(Refusal) {
      (answer, delivery) = try respond(to: request, on: route, contextID)
    } catch {
      answer = error.answer(contextID: contextID)
    }
    answer?.fields.append((PlatformHeader.correlationID, contextID))
    guard route?.isSimulated ?? true else { return Reply(answer: answer, latency: .zero) }
    let outcome = answer.map { String($0.status) } ?? Fault.dropped.rawValue
    withModel { $0.count(path: route?.path ?? "other", outcome: outcome) }
    return Reply(answer: answer, latency: latency(of: delivery, number: number))
  }

  /// Reads or changes the model, alone.
  func withModel<Result: Sendable>(_ body: (inout SandboxModel) -> Result) -> Result {
    model.withLock { body(&$0) }
  }

  /// The body as JSON.
  ///
  /// - Throws: 415, 413 or 400.
  func json(of request: IncomingRequest) throws(Refusal) -> JSONValue {
    let expected = "application/json"
    guard request.mediaType == expected else { throw .unsupportedMediaType(expected: expected) }
    let bytes = try bytes(of: request)
    do throws(JSONSyntaxError) {
      let limits = JSONLimits(bytes: options.bodyLimit.bytes, depth: Self.jsonDepth)
      return try JSONValue(parsing: bytes, limits: limits)
    } catch {
      throw .badRequest(error.description)
    }
  }

  /// The body.
  ///
  /// - Throws: 413.
  func bytes(of request: IncomingRequest) throws(Refusal) -> [UInt8] {
    switch request.body {
    case .bytes(let bytes): return bytes
    case .tooLarge: throw .tooLarge(limit: options.bodyLimit)
    }
  }

  private func respond(
    to request: IncomingRequest, on route: Route?, _ contextID: String
  ) throws(Refusal) -> (Answer?, Delivery?) {
    guard let route else { throw .notFound }
    guard route.methods.contains(request.method) else {
      throw .methodNotAllowed(request.method, allowed: route.methods)
    }
    switch route {
    case .token: return (try issueToken(request), nil)
    case .events: return try receiveEvents(request, contextID: contextID)
    case .qaMetrics: return (try receiveDocument(request), nil)
    case .state: return (try showOrReset(request), nil)
    }
  }

  /// Drawn for the events where there are some, so that it doesn't depend on the order in which
  /// requests arrive.
  private func latency(of delivery: Delivery?, number: UInt64) -> Duration {
    var random =
      if let delivery {
        KeyedRandom(
          seed: seed, purpose: "genesys-sandbox event latency", delivery.key,
          UInt64(truncatingIfNeeded: delivery.attempt))
      } else {
        KeyedRandom(seed: seed, purpose: "genesys-sandbox latency", number)
      }
    return options.latency.draw(using: &random)
  }
}
