import ContactModel

/// The endpoint that agent-desktop events are posted to.
///
/// It belongs to the contract that rehearsals follow and exists in the embedded sandbox alone: the
/// real platform has no such path, permission or state
/// ([API resources](https://developer.genesys.cloud/platform/api/)).
public enum WorkspaceAPI {
  /// The path that takes a JSON array of events.
  public static let eventsPath = "/api/v2/interactions/events"

  /// The query parameter that, when `true`, asks for 202 instead of 200.
  public static let asynchronousParameter = "async"

  /// The permission that a token needs to post events.
  public static let requiredPermission = "interactions:read"

  /// The permissions that the contract gives a client.
  public static let permissions = ["interactions:read", "analytics:query"]

  /// The only `event_type` there is.
  public static let eventType = AgentState.eventType

  /// The states that an event may name, in the order of a call.
  public static let states = AgentState.all

  /// The most bytes of a `sequence_id` in UTF-8.
  public static let maximumSequenceIDBytes = SequenceID.mostBytes
}
