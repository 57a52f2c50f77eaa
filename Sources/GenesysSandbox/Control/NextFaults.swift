import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Faults that strike the next of what they name, a number of times, and then no more.
struct NextFaults: Sendable {
  /// A fault that is still to strike.
  struct Rule: Sendable {
    let wish: NextFault
    var left: Int
  }

  /// How many there can be.
  static let limit = 1_000

  private(set) var rules: [Rule] = []

  mutating func append(_ wish: NextFault) {
    rules.append(Rule(wish: wish, left: wish.times))
  }

  /// The fault for a request, if one is meant for it; it is then one less.
  mutating func take(_ request: IncomingRequest, of caller: Caller?) -> NextFault? {
    take { rule in
      rule.fault.request != nil && (caller != nil || !rule.fault.isOfToken)
        && rule.method.map { $0 == request.method.rawValue } ?? true
        && rule.path.map { JournalFilter.fits($0, request.target.path) } ?? true
        && rule.user.map { $0 == caller?.user } ?? true
    }
  }

  /// The fault for a notification, if one is meant for it, and how long before its end a socket's is
  /// announced.
  ///
  /// - Parameter owner: whose channel it is; a user of the topic counts as well.
  mutating func take(
    topic: String, of owner: UUIDBits?
  ) -> (fault: NotificationFault, notice: Duration?)? {
    let rule = take { rule in
      rule.fault.notification != nil && rule.topic.map { $0 == topic } ?? true
        && rule.user.map { $0 == owner || topic.contains($0.description) } ?? true
    }
    return rule.flatMap { rule in rule.fault.notification.map { ($0, rule.notice) } }
  }

  /// Whether a socket of a user's is to be refused.
  mutating func takeRefusal(of owner: UUIDBits?) -> Bool {
    take { $0.fault == .socketRefused && $0.user.map { $0 == owner } ?? true } != nil
  }

  private mutating func take(where condition: (NextFault) -> Bool) -> NextFault? {
    guard let index = rules.firstIndex(where: { condition($0.wish) }) else { return nil }
    let wish = rules[index].wish
    rules[index].left -= 1
    if rules[index].left == 0 { rules.remove(at: index) }
    return wish
  }

  var json: JSONValue {
    ["faults": .array(rules.map { $0.wish.json(left: $0.left) })]
  }
}

/// What goes wrong next, with which requests, and how often.
struct NextFault: OptionGroup {
  /// The kinds: those of requests, of notifications, and of sockets.
  enum Kind: String, OptionChoice {
    case rateLimited = "rate_limited"
    case serverError = "server_error"
    case unavailable
    case dropped
    case gatewayTimeout = "gateway_timeout"
    case droppedBefore = "dropped_before"
    case malformed
    case slow
    case tokenExpired = "token_expired"
    case tokenRevoked = "token_revoked"
    case notificationLost = "notification_lost"
    case notificationDuplicated = "notification_duplicated"
    case notificationReordered = "notification_reordered"
    case socketClosing = "socket_closing"
    case socketCut = "socket_cut"
    case socketRefused = "socket_refused"

    /// What it does to a request; nil if it is about something else.
    var request: Fault? { Fault(rawValue: rawValue) }

    /// Whether it strikes the token of a request.
    var isOfToken: Bool { self == .tokenExpired || self == .tokenRevoked }

    /// What it does to a notification; nil if it is about something else.
    var notification: NotificationFault? {
      switch self {
      case .notificationLost: .lost
      case .notificationDuplicated: .duplicated
      case .notificationReordered: .reordered
      case .socketClosing: .closing
      case .socketCut: .cut
      default: nil
      }
    }
  }

  let fault: Kind
  let method: String?
  let path: String?
  let user: UUIDBits?
  let topic: String?
  let times: Int
  let retryAfter: Duration?
  let slowBody: Duration?
  /// How long before its end a socket's is announced.
  let notice: Duration?

  init(from options: inout OptionReader) {
    fault = options.required("fault", example: .unavailable, doc: "What goes wrong.")
    method = options.optional(
      "method", .method, doc: "Only with this method, such as `GET`."
    ).map { $0.uppercased() }
    path = options.optional(
      "path", .pathPattern,
      doc: """
        Only at this path; an asterisk, or a name in braces, stands for a segment, and an asterisk at \
        the end for all that follow.
        """)
    user = options.id(
      "user", doc: "Only with a token of this user, or with notifications of or for them.")
    let topicText: String? = options.optional(
      "topic", .that("a topic of the platform") { NotificationTopic.names(in: $0)?.count == 1 },
      doc: "Only with notifications of this topic.")
    topic = topicText.flatMap { NotificationTopic.names(in: $0)?.first }
    times = options.value("times", default: 1, .range(1...100_000), doc: "How often.")
    retryAfter = options.optional(
      "retry_after", .range(.zero ... .seconds(86_400)),
      doc: "How long `Retry-After` asks to wait after 429 and 503.")
    slowBody = options.optional(
      "slow_body", .range(.zero ... .seconds(600)), doc: "How long the body of a slow answer takes."
    )
    notice = options.optional(
      "notice", .range(.zero ... .seconds(3_600)),
      doc:
        "How long before its end a socket's is announced; as `closing_notice` of the faults without it."
    )
    options.check(
      !(fault.isOfToken && path == LoginAPI.tokenPath), at: "fault",
      "strikes requests with a token, which the login's have none of")
    options.check(
      !(path?.hasPrefix("/sandbox") ?? false), at: "path",
      "is the sandbox's own, which nothing strikes")
    options.check(
      fault.request != nil || method == nil && path == nil, at: "fault",
      "isn't about requests; leave \"method\" and \"path\" out")
    options.check(
      fault.notification != nil || topic == nil, at: "fault",
      "isn't about notifications; leave \"topic\" out")
    options.check(
      retryAfter == nil || fault == .rateLimited || fault == .unavailable, at: "retry_after",
      "goes with rate_limited and unavailable alone")
    options.check(
      slowBody == nil || fault == .slow, at: "slow_body", "goes with slow alone")
    options.check(
      notice == nil || fault == .socketClosing, at: "notice", "goes with socket_closing alone")
  }

  fileprivate func json(left: Int) -> JSONValue {
    var members = JSONMembers()
    members.add("fault", text: fault.rawValue)
    members.add("method", text: method)
    members.add("path", text: path)
    members.add("user", id: user)
    members.add("topic", text: topic)
    members.add("times", .integer(left))
    members.add("retry_after", text: retryAfter?.optionText)
    members.add("slow_body", text: slowBody?.optionText)
    members.add("notice", text: notice?.optionText)
    return members.json
  }
}

extension OptionRule where Value == String {
  /// Demands a method that something answers to, in any case.
  static var method: Self {
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return .that("one of \(methods.joined(separator: ", "))") { methods.contains($0.uppercased()) }
  }

  /// Demands a path without a query.
  static var pathPattern: Self {
    .that("a path that begins with / and has no query") { $0.hasPrefix("/") && !$0.contains("?") }
  }
}
