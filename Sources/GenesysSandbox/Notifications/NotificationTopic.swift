import ContactModel
import PatchbayCore
import PatchbayJSON

/// What a channel can subscribe to.
///
/// Names and bodies from `notificationMappings.json` of the official command-line client.
enum NotificationTopic: String, Sendable, CaseIterable {
  case presence = "v2.users.{id}.presence"
  case routingStatus = "v2.users.{id}.routingStatus"
  case activity = "v2.users.{id}.activity"
  case conversations = "v2.users.{id}.conversations"
  case calls = "v2.users.{id}.conversations.calls"
  case callbacks = "v2.users.{id}.conversations.callbacks"
  case chats = "v2.users.{id}.conversations.chats"
  case emails = "v2.users.{id}.conversations.emails"
  case messages = "v2.users.{id}.conversations.messages"
  case conversationSummary = "v2.users.{id}.conversationsummary"
  case userStart = "v2.detail.events.conversation.{id}.user.start"
  case userEnd = "v2.detail.events.conversation.{id}.user.end"
  case customerStart = "v2.detail.events.conversation.{id}.customer.start"
  case customerEnd = "v2.detail.events.conversation.{id}.customer.end"
  case queueStart = "v2.detail.events.conversation.{id}.acd.start"
  case queueEnd = "v2.detail.events.conversation.{id}.acd.end"
  case afterCallWork = "v2.detail.events.conversation.{id}.acw"
  case wrapUp = "v2.detail.events.conversation.{id}.wrapup"
  case queueMembers = "v2.routing.queues.{id}.users"
  case queueConversations = "v2.routing.queues.{id}.conversations"
  case queueCalls = "v2.routing.queues.{id}.conversations.calls"
  case queueCallbacks = "v2.routing.queues.{id}.conversations.callbacks"
  case queueChats = "v2.routing.queues.{id}.conversations.chats"
  case queueEmails = "v2.routing.queues.{id}.conversations.emails"
  case queueMessages = "v2.routing.queues.{id}.conversations.messages"

  /// What a topic is for.
  var doc: String {
    switch self {
    case .presence: "Changes of a user's presence."
    case .routingStatus: "Changes of a user's routing status."
    case .activity: "Changes of a user's presence or routing status."
    case .conversations: "Conversations that a user takes part in, whole, at every change."
    case .calls: "Calls that a user takes part in, whole, at every change."
    case .callbacks: "Callbacks that a user takes part in, whole, at every change."
    case .chats: "Chats that a user takes part in, whole, at every change."
    case .emails: "Emails that a user takes part in, whole, at every change."
    case .messages: "Messages that a user takes part in, whole, at every change."
    case .conversationSummary: "How many interactions a user has, by medium."
    case .userStart: "An agent's part of a conversation starts, when it rings."
    case .userEnd: "An agent's part of a conversation ends."
    case .customerStart: "A customer's part of a conversation starts."
    case .customerEnd: "A customer's part of a conversation ends."
    case .queueStart: "A queue's part of a conversation starts."
    case .queueEnd: "A queue's part of a conversation ends."
    case .afterCallWork: "An agent has finished the work after a conversation."
    case .wrapUp: "A conversation was wrapped up with a code."
    case .queueMembers: "A user became a member of a queue, or joined or left it as one."
    case .queueConversations: "Conversations of a queue, whole, at every change."
    case .queueCalls: "Calls of a queue, whole, at every change."
    case .queueCallbacks: "Callbacks of a queue, whole, at every change."
    case .queueChats: "Chats of a queue, whole, at every change."
    case .queueEmails: "Emails of a queue, whole, at every change."
    case .queueMessages: "Messages of a queue, whole, at every change."
    }
  }

  /// The topic of one user or conversation.
  func name(_ id: UUIDBits) -> String {
    rawValue.replacing("{id}", with: id.description)
  }

  /// The topic of a user's conversations of a medium.
  static func conversations(of medium: Conversation.Medium) -> NotificationTopic {
    switch medium {
    case .voice: .calls
    case .callback: .callbacks
    case .chat: .chats
    case .email: .emails
    case .message: .messages
    }
  }

  /// The topic of a queue's conversations of a medium.
  static func queueConversations(of medium: Conversation.Medium) -> NotificationTopic {
    switch medium {
    case .voice: .queueCalls
    case .callback: .queueCallbacks
    case .chat: .queueChats
    case .email: .queueEmails
    case .message: .queueMessages
    }
  }

  /// The topics that a name stands for; nil if the platform has no such.
  ///
  /// Those that the sandbox can tell nothing of are among them. Several topics of one user may be written as one, `v2.users.ID?presence&routingStatus`.
  static func names(in text: String) -> [String]? {
    let parts = text.split(separator: "?", maxSplits: 1)
    guard parts.count == 2 else { return canonical(text).map { [$0] } }
    var names: [String] = []
    guard parts[1].utf8.count <= 1_024 else { return nil }
    for suffix in parts[1].split(separator: "&") {
      guard let name = canonical("\(parts[0]).\(suffix)") else { return nil }
      names.append(name)
    }
    return names.isEmpty ? nil : names
  }

  /// The topic as it is indexed, with its id in lower case.
  private static func canonical(_ text: String) -> String? {
    for topic in allCases {
      let parts = topic.rawValue.split(separator: "{id}", maxSplits: 1)
      guard parts.count == 2, text.hasPrefix(parts[0]), text.hasSuffix(parts[1]),
        text.count > parts[0].count + parts[1].count
      else { continue }
      let id = text.dropFirst(parts[0].count).dropLast(parts[1].count)
      if id.contains(".") { continue }
      return UUIDBits(anyCase: String(id)).map { topic.name($0) }
    }
    return PlatformTopics.has(text) ? text : nil
  }
}
