package import PatchbayCore
import PatchbayJSON

/// What an endpoint does with a request.
package struct Reply: OptionGroup {
  /// What may happen instead of an answer.
  package enum Fault: String, OptionChoice {
    /// The connection breaks after the request was sent.
    case drop
    /// No connection comes about; the request wasn't sent.
    case refuse
    /// No answer comes before the request's time is up.
    case timeout

    package var doc: String {
      switch self {
      case .drop: "The connection breaks after the request was sent; it may have had its effect."
      case .refuse: "No connection comes about; the request had no effect."
      case .timeout: "No answer comes before the request's time is up."
      }
    }
  }

  let status: Int?
  let headers: [String: String]
  let body: OpenValue?
  let fault: Fault?
  let after: Duration
  let times: Int
  let isLasting: Bool

  package init(from options: inout OptionReader) {
    status = options.optional("status", .range(200...599), doc: "The status of the answer.")
    headers = options.value("headers", default: [:], doc: "Its header fields.")
    body = options.optional(
      "body", doc: "Its body: a string as it is, anything else as JSON; empty without it.")
    fault = options.optional("fault", doc: "What happens instead of an answer.")
    after = options.value(
      "after", default: .zero, .atLeast(.zero), doc: "How long it takes, on the run's clock.")
    times = options.value(
      "times", default: 1, .atLeast(1), doc: "How many requests in a row it is for.")
    isLasting = options.value(
      "lasting", default: false, doc: "Whether it is for all further requests.")
    options.check(
      (status == nil) != (fault == nil), at: "status", "give a status or a fault, one of the two")
  }
}
