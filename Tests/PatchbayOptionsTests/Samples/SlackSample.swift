import PatchbayOptions

/// The options of a sink that posts to a chat channel: one of each usual kind.
struct SlackSample: OptionGroup {
  enum Detail: String, OptionChoice {
    case summary
    case full
  }

  let webhook: Secret
  let channel: String
  let detail: Detail
  let limit: Int
  let quiet: Duration

  init(from options: inout OptionReader) {
    webhook = options.secret(
      "webhook", variable: "SLACK_WEBHOOK", doc: "The incoming webhook's address.")
    channel = options.value("channel", default: "#qa", .nonEmpty, doc: "The channel posted to.")
    detail = options.value("detail", default: .summary, doc: "How much of an event is shown.")
    limit = options.value("limit", default: 20, .range(1...100), doc: "The most posts per batch.")
    quiet = options.value("quiet", default: .seconds(60), doc: "The pause after a post.")
  }
}
