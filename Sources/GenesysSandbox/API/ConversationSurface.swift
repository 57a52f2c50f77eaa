/// Where a conversation is shown: the official client has models of its own for each, whose members
/// differ a little.
enum ConversationSurface: Sendable {
  /// What a request reads: `Conversation`, `CallConversation` and their like.
  case read
  /// What a notification tells: `ConversationEventTopicConversation`,
  /// `ConversationCallEventTopicCallConversation` and their like.
  case notified
}
