package import PatchbayCore
package import PatchbayJSON

/// A stage or connection type as its reference page shows it.
package struct TypeReference: Sendable {
  /// `source`, `validator`, `injector`, `correlator`, `sink` or `connection`.
  package let kind: String
  /// The section of a configuration that it stands in.
  package let section: String
  package let type: String
  package let doc: String
  package let options: OptionGroupDescription
  package let metrics: [MetricDeclaration]
  /// The ports beside the main output.
  package let ports: [String]

  private init(_ stage: any Stage.Type, _ role: StageRole) {
    kind = role.rawValue
    section = role.section
    type = stage.type
    doc = stage.doc
    options = Self.options(of: stage)
    metrics = stage.thresholdMetrics
    ports = role.ports.filter { $0 != .out }.map(\.rawValue)
  }

  private init(_ connection: any Connection.Type) {
    kind = "connection"
    section = "connections"
    type = connection.type
    doc = connection.doc
    options = Self.options(of: connection)
    metrics = []
    ports = []
  }

  /// Every type of a registry, by role and name, connections last.
  package static func all(_ registry: StageRegistry) -> [TypeReference] {
    StageRole.allCases.flatMap { role in
      registry.stages(of: role).map { TypeReference($0, role) }
    } + registry.connections.map { TypeReference($0) }
  }

  /// The entry that needs the least: type, inputs and what is required.
  package var example: JSONValue {
    let inputs: [JSONValue.Member] =
      kind == "source" || kind == "connection" ? [] : [.init("inputs", ["desk"])]
    return .object(
      [.init("type", .string(type))] + inputs + (options.exampleConfiguration().object ?? []))
  }

  private static func options(of stage: (some Stage).Type) -> OptionGroupDescription {
    stage.Options.options
  }

  private static func options(of connection: (some Connection).Type) -> OptionGroupDescription {
    connection.Options.options
  }
}
