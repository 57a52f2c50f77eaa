import PatchbayOptions

/// The options of an HTTP injector: nested, checked, renamed, inline.
struct HTTPSample {
  enum Method: String, OptionChoice {
    case post
    case put
    case patch
  }

  let url: EndpointURL
  let method: Method
  let headers: [String: String]
  let timeout: Duration
  let retry: RetrySample
  let success: [Int]
  let token: Secret?
  let batch: (events: Int, bytes: ByteCount)
}

extension HTTPSample: OptionGroup {
  init(from options: inout OptionReader) {
    url = options.required(
      "url", example: "https://example.com/events", doc: "Where events are sent.")
    method = options.value("method", default: .post, doc: "The method of a request.")
    headers = options.value("headers", default: [:], doc: "Headers added to every request.")
    timeout = options.value(
      "timeout", default: .seconds(30), .range(.milliseconds(1) ... .seconds(600)),
      formerly: ["time_limit"], doc: "How long one request may take, from connect to last byte.")
    retry = options.group("retry", doc: "What happens after 429 and 5xx.")
    success = options.oneOrMany(
      "success", default: [200, 202], .nonEmpty, .each(.range(100...599)),
      doc: "The statuses that count as delivered.")
    token = options.optional("token", doc: "The bearer token.")
    batch = options.group("batch", doc: "How many events one request carries.") { batch in
      (
        events: batch.value("events", default: 256, .range(1...10_000), doc: "The most events."),
        bytes: batch.value(
          "bytes", default: .kibibytes(64), .atLeast(512), doc: "The most body bytes.")
      )
    }
    options.check(
      method != .put || batch.events == 1, at: "batch",
      "a PUT carries one event; set batch.events to 1")
  }
}

/// A nested group with a check of its own.
struct RetrySample: OptionGroup {
  let attempts: Int
  let base: Duration
  let cap: Duration

  init(from options: inout OptionReader) {
    attempts = options.value(
      "attempts", default: 3, .range(0...10), doc: "How often a request is sent again.")
    base = options.value("base", default: .seconds(1), doc: "The first pause.")
    cap = options.value("cap", default: .seconds(30), doc: "The longest pause.")
    options.check(cap >= base, at: "cap", "must not be shorter than base, \(base.optionText)")
  }
}
