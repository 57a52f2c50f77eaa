import EventMapping
public import PatchbayCore

/// The contact-centre stages.
public enum ContactCenterModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [
      ScenarioSource.self, CallLogSource.self, RecordsSource.self, InteractionEventValidator.self,
      StateMachineCorrelator.self, RoundTripCorrelator.self,
    ]
  }
  /// What they share.
  public static var connections: [any Connection.Type] { [MappingConnection.self] }
}
