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

  private(set) var rules: [Rule] = []

  mutating func append(_ wish: NextFault) {
    rules.append(Rule(wish: wish, left: wish.times))
  }

  /// The fault for a request, if one is meant for it; it is then one less.
  mutating func take(_ request: IncomingRequest, of user: UUIDBits?) -> NextFault? {
    take { rule in
      rule.fault.request != nil
        && rule.method.map { $0 == request.method.rawValue } ?? true
        && rule.path.map { JournalFilter.fits($0, request.target.path) } ?? true
        && rule.user.map { $0 == user } ?? true
    }
  }

  /// The fault for a notification, if one is meant for it.
  mutating func take(topic: String, of owner: UUIDBits?) -> NotificationFault? {
    take { rule in
      rule.fault.notification != nil && rule.topic.map { $0 == topic } ?? true
        && rule.user.map { $0 == owner } ?? true
    }?.fault.notification
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

  init(from options: inout OptionReader) {
    fault = options.required("fault", example: .unavailable, doc: "What goes wrong.")
    method = options.optional("method", .nonEmpty, doc: "Only with this method.")
    path = options.optional(
      "path", .nonEmpty,
      doc: "Only at this path; an asterisk stands for a segment, or at the end for all that follow."
    )
    user = options.id("user", doc: "Only with a token, or a channel, of this user.")
    topic = options.optional("topic", .nonEmpty, doc: "Only with notifications of this topic.")
    times = options.value("times", default: 1, .range(1...100_000), doc: "How often.")
    retryAfter = options.optional(
      "retry_after", .range(.zero ... .seconds(86_400)),
      doc: "How long `Retry-After` asks to wait after 429 and 503.")
    slowBody = options.optional(
      "slow_body", .range(.zero ... .seconds(600)), doc: "How long the body of a slow answer takes."
    )
    options.check(
      fault.request != nil || method == nil && path == nil, at: "fault",
      "isn't about requests; leave \"method\" and \"path\" out")
    options.check(
      fault.notification != nil || topic == nil, at: "fault",
      "isn't about notifications; leave \"topic\" out")
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
    return members.json
  }
}
