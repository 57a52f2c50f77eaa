import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayOptions

/// The options that exports over HTTP have in common.
struct ExportRequestOptions: Sendable {
  let url: EndpointURL
  let headers: HeaderFields
  let success: [Int]
  let timeout: Duration
  let tls: TLSOptions
  var retry: RetryPolicy

  init(from options: inout OptionReader, example: EndpointURL, doc: String) {
    url = options.required("url", example: example, doc: doc)
    headers = options.value(
      "headers", default: .none,
      doc: "Header fields beside those that the format asks for; values are not shown.")
    success = options.oneOrMany(
      "success", default: [200, 201, 202, 204], .nonEmpty, .each(.range(200...299)),
      doc: "The statuses that count as taken.")
    timeout = options.value(
      "timeout", default: .seconds(15), .range(.milliseconds(1) ... .seconds(600)),
      doc: "How long one request may take.")
    tls = TLSOptions(from: &options)
    retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
    options.refuseRealPlatform(url.host)
  }
}

/// Sends what an export has to say, and tells what came of it.
struct ExportRequests: Sendable {
  private let options: ExportRequestOptions
  private let client: any HTTPRequester
  private let sender: RequestSender

  init(_ options: ExportRequestOptions, _ context: StageContext, connections: Int = 1) throws {
    self.options = options
    var configuration = HTTPClientConfiguration(
      maximumConnectionsPerHost: connections, userAgent: "patchbay")
    options.tls.apply(to: &configuration)
    client = try context.makeClient(configuration)
    sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: Set(options.success))
  }

  /// Posts a body.
  ///
  /// - Parameters:
  ///   - path: what comes behind the address of the options.
  ///   - key: what the request is about, for the pauses between attempts.
  func post(
    _ body: [UInt8], headers: HTTPHeaders, path: String = "", key: UInt64
  ) async -> Exchange {
    var headers = headers
    options.headers.replace(in: &headers)
    let request = HTTPRequest(
      method: "POST", url: Self.join(options.url.text, path), headers: headers,
      body: KnownSecrets.masked(body),
      timeout: options.timeout)
    return await sender.send(request, key: key)
  }

  /// A path behind an address, before its query.
  static func join(_ url: String, _ path: String) -> String {
    if path.isEmpty { return url }
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var base = String(parts[0])
    if base.hasSuffix("/") { base.removeLast() }
    return base + path + (parts.count > 1 ? "?\(parts[1])" : "")
  }

  func shutdown() async { await client.shutdown() }
}

extension Exchange {
  /// Notes in the result of a write what came of events that were sent together.
  func note(_ indices: [Int], in result: inout WriteResult) {
    switch ending {
    case .success: break
    case .refusal:
      let reason = explanation().reason
      result.refused += indices.map { WriteResult.Refusal($0, reason: reason) }
    case .noAnswer, .unsent, .cancelled:
      result.undelivered += indices
      result.problem = explanation().reason
    }
  }
}
