import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// Which lines of the journal are meant; whatever isn't named may be anything.
struct JournalFilter: OptionGroup {
  private static let all = "all"

  /// Nil for all but notifications, which have a journal of their own.
  private let kind: JournalEntry.Kind?
  private let method: String?
  private let path: String?
  private let user: UUIDBits?
  private let client: String?
  private let status: Int?
  private let fault: String?
  private let userAgent: String?
  private let topic: String?
  private let channel: String?
  private let event: String?
  private let outcome: String?

  init(from options: inout OptionReader) {
    func word(_ name: String, _ doc: String, _ options: inout OptionReader) -> String? {
      options.optional(name, .nonEmpty, doc: doc)
    }
    let kinds = JournalEntry.Kind.allCases.map(\.rawValue) + [Self.all]
    let kindName = options.value(
      "kind", default: JournalEntry.Kind.request.rawValue,
      .that("one of \(kinds.joined(separator: ", "))") { kinds.contains($0) },
      doc: "The kind: `request`, `socket`, `happening`, `notification`, or `all` but the last.")
    kind = JournalEntry.Kind(rawValue: kindName)
    method = options.optional("method", .method, doc: "The method, such as `POST`.")
    path = options.optional(
      "path", .pathPattern,
      doc: "The path without a query; a segment `*` is any, and at the end all that follow.")
    user = options.id(
      "user",
      doc: "The id of the user whose token it was, whose channel it is, or whom a topic is of.")
    client = word("client", "The id of the client whose token it was.", &options)
    status = options.optional("status", .range(100...599), doc: "The answer's status.")
    let faults = Fault.allCases.map(\.rawValue)
    fault = options.optional(
      "fault", .that("one of \(faults.joined(separator: ", "))") { faults.contains($0) },
      doc: "The fault that struck.")
    userAgent = word("user_agent", "What the header `User-Agent` contains.", &options)
    topic = word("topic", "The topic of a notification.", &options)
    channel = word("channel", "The id of a notification channel.", &options)
    let events = SocketRecord.Event.allCases.map(\.rawValue)
    event = options.optional(
      "event", .that("one of \(events.joined(separator: ", "))") { events.contains($0) },
      doc: "What happened on a socket.")
    let outcomes = NotificationRecord.Outcome.allCases.map(\.rawValue)
    outcome = options.optional(
      "outcome", .that("one of \(outcomes.joined(separator: ", "))") { outcomes.contains($0) },
      doc: "What became of a notification.")
    let isOfRequests =
      method != nil || path != nil || client != nil || status != nil || fault != nil
      || userAgent != nil
    options.check(
      !isOfRequests || topic == nil && (kind == .request || kindName == Self.all), at: "kind",
      "goes without what only requests have: method, path, client, status, fault and user_agent")
  }

  /// Whether it is about notifications, which have a journal of their own.
  var isOfNotifications: Bool { kind == .notification || topic != nil || outcome != nil }

  func holds(for entry: JournalEntry) -> Bool {
    if let kind = event == nil ? kind : .socket, kind != entry.kind { return false }
    switch entry.content {
    case .request(let request): return holds(for: request)
    case .socket(let socket):
      return !asksForRequests && topic == nil && fits(channel, socket.channel)
        && fits(user?.description, socket.user?.description) && fits(event, socket.event.rawValue)
    case .happening:
      return !asksForRequests && topic == nil && channel == nil && user == nil
    }
  }

  func holds(for record: NotificationRecord) -> Bool {
    !asksForRequests && fits(topic, record.topic) && fits(channel, record.channel)
      && fits(outcome, record.outcome.rawValue)
      && user.map { $0 == record.user || record.topic.contains($0.description) } ?? true
  }

  private func holds(for request: RequestRecord) -> Bool {
    topic == nil && channel == nil && fits(method, request.method)
      && (path.map { Self.fits($0, request.target.path) } ?? true)
      && fits(user?.description, request.user?.description) && fits(client, request.client)
      && (status == nil || status == request.status) && fits(fault, request.fault?.rawValue)
      && (userAgent.map { request.userAgent?.contains($0) ?? false } ?? true)
  }

  /// Whether something is asked that only requests have.
  private var asksForRequests: Bool {
    method != nil || path != nil || client != nil || status != nil || fault != nil
      || userAgent != nil
  }

  private func fits(_ wanted: String?, _ found: String?) -> Bool {
    guard let wanted else { return true }
    return wanted.lowercased() == found?.lowercased()
  }

  /// Whether a path is as wanted, where a segment `*`, or one in braces, is any, and `*` at the end all that
  /// follow.
  static func fits(_ wanted: String, _ path: String) -> Bool {
    let pattern = wanted.split(separator: "/")
    let segments = path.split(separator: "/")
    for (index, part) in pattern.enumerated() {
      if part == "*", index == pattern.count - 1 { return segments.count > index }
      guard index < segments.count else { return false }
      if part != "*", part.first != "{", part.lowercased() != segments[index].lowercased() {
        return false
      }
    }
    return pattern.count == segments.count
  }

  /// In words, for messages.
  var text: String {
    let parts = [
      method, path, user.map { "of user \($0)" }, client.map { "of client \($0)" },
      status.map { "answered by \($0)" }, fault.map { "struck by \($0)" },
      userAgent.map { "by \($0)" }, topic, channel.map { "on channel \($0)" },
    ]
    let words = parts.compactMap { $0 }.joined(separator: " ")
    return words.isEmpty ? kind?.rawValue ?? "anything" : words
  }
}
