public import PatchbayCore
public import PatchbayJSON

/// A stage of a plan.
public struct PlannedStage: Sendable {
  /// The name.
  public let name: String
  /// The role.
  public let role: StageRole
  /// The type's name.
  public let type: String
  /// What feeds it; empty for sources.
  public let inputs: [StageOutput]
  /// The options that take effect: defaults filled in, secrets hidden.
  ///
  /// Empty for a stage that a program made itself.
  public let options: JSONValue
  /// Where events wait before it, if it is a sink.
  public internal(set) var buffer: BufferChoice
  /// The inputs as they were written, which may name what isn't there until the plan is checked.
  let writtenInputs: [WrittenOutput]
  /// What the options refer to.
  let references: [OptionReference]
  let stage: any Stage

  package init(
    name: String, role: StageRole, type: String, inputs: [WrittenOutput], options: JSONValue,
    references: [OptionReference] = [], buffer: BufferChoice = .standard, stage: any Stage
  ) {
    self.name = name
    self.role = role
    self.type = type
    self.inputs = inputs.compactMap(\.output)
    self.options = options
    self.references = references
    self.buffer = buffer
    self.stage = stage
    writtenInputs = inputs
  }

  /// What it touches beside its context.
  package var reach: StageReach { stage.reach }

  /// The path that messages give: `sinks.audit`.
  var path: OptionPath { OptionPath(role.section, name) }
}
