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
}
