/// The permissions that operations of the platform ask for, as far as this package uses them.
///
/// Names from the official command-line client (`build/gc/cmd`), which shows them with every
/// operation. A permission is given to a role, and roles to an OAuth client; scopes don't apply to
/// client credentials.
public enum PlatformPermission: String, Sendable, CaseIterable {
  /// Posting to `/api/v2/events/users/routingstatus`.
  case injectRoutingStatus = "routing:routingstatus:inject"
  /// Posting to `/api/v2/events/users/presence`.
  case injectPresence = "presence:userPresence:inject"
  /// Posting to `/api/v2/events/conversations`.
  case injectConversation = "conversation:conversation:inject"
  /// Posting to `/api/v2/events/routing/customkpiattributions`.
  case injectKeyFigure = "routing:customKpiAttribution:inject"
  /// Reading a conversation.
  case viewConversation = "conversation:communication:view"
  /// Changing a participant: its wrap-up.
  case wrapUpParticipant = "conversation:participant:wrapup"
  /// Changing a participant: its recording.
  case recordCall = "conversation:call:record"
  /// Changing a participant: its end.
  case disconnectCommunication = "conversation:communication:disconnect"
  /// Reading what agents are doing.
  case viewAgentState = "analytics:agentState:view"
  /// Querying what users did.
  case viewUserDetail = "analytics:userDetail:view"
  /// Querying what happened in conversations.
  case viewConversationDetail = "analytics:conversationDetail:view"
  /// Querying what there was of conversations, in numbers.
  case viewConversationAggregate = "analytics:conversationAggregate:view"
  /// Querying what there is in queues.
  case viewQueueObservation = "analytics:queueObservation:view"
  /// Reading queues and their members.
  case viewQueue = "routing:queue:view"
  /// Adding queues.
  case addQueue = "routing:queue:add"
  /// Joining a queue that one is a member of.
  case joinQueue = "routing:queue:join"
  /// Saying who is a member of a queue.
  case manageQueueMembers = "routing:queueMember:manage"
  /// Reading wrap-up codes.
  case viewWrapUpCode = "routing:wrapupCode:view"
  /// Handing a call over without a word.
  case transferBlindly = "conversation:communication:blindTransfer"
  /// Handing a call over to an agent without a word.
  case transferToAgent = "conversation:communication:blindTransferAgent"
  /// Handing a call over to a queue without a word.
  case transferToQueue = "conversation:communication:blindTransferQueue"
  /// Handing a call over after a consultation.
  case consult = "conversation:communication:consultTransfer"
  /// Creating callbacks.
  case createCallback = "conversation:callback:create"
  /// Reading roles.
  case viewRole = "authorization:role:view"
}
