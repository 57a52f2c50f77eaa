public import PatchbayCore
public import PatchbayJSON

/// A configuration that was understood: every type resolved, every option decoded, the graph
/// checked; nothing opened.
public struct Plan: Sendable {
  /// The pipeline's name.
  public let name: String
  /// How it is run.
  public var options: RunOptions
  /// The stages in the order of the configuration.
  public internal(set) var stages: [PlannedStage]
  /// The connections that are declared, in the order of the configuration.
  public let connectionOrder: [String]
  /// What a run must reach.
  public let thresholds: [Threshold]
  let connections: [String: any Connection]
  /// The environment variables that the configuration takes, in document order.
  package let variables: [VariableUse]
  /// The secrets that it holds.
  package let secrets: [SecretPlace]

  package init(
    name: String, options: RunOptions, stages: [PlannedStage], connectionOrder: [String],
    connections: [String: any Connection], thresholds: [Threshold],
    variables: [VariableUse] = [], secrets: [SecretPlace] = []
  ) {
    self.name = name
    self.options = options
    self.stages = stages
    self.connectionOrder = connectionOrder
    self.connections = connections
    self.thresholds = thresholds
    self.variables = variables
    self.secrets = secrets
  }

  /// The stage of that name.
  public func stage(_ name: String) -> PlannedStage? {
    stages.first { $0.name == name }
  }
}

/// A stage of a plan.
public struct PlannedStage: Sendable {
  /// The name.
  public let name: String
  /// The role.
  public let role: StageRole
  /// The type's name.
  public let type: String
  /// What feeds it; empty for sources.
  public let inputs: [PlannedInput]
  /// The options that take effect: defaults filled in, secrets hidden.
  public let options: JSONValue
  let stage: any Stage

  package init(
    name: String, role: StageRole, type: String, inputs: [PlannedInput], options: JSONValue,
    stage: any Stage
  ) {
    self.name = name
    self.role = role
    self.type = type
    self.inputs = inputs
    self.options = options
    self.stage = stage
  }
}

/// One of a stage's outputs, as another stage's input names it: `schema` or `schema.rejected`.
public struct PlannedInput: Sendable, Hashable {
  /// The name of the port that needs no name.
  public static let mainPort = "out"

  /// The stage.
  public let stage: String
  /// The port: `out`, `rejected` or `failed`.
  public let port: String

  package init(stage: String, port: String = PlannedInput.mainPort) {
    self.stage = stage
    self.port = port
  }
}
