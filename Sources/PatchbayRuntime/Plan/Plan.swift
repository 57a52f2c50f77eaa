package import PatchbayCore
import PatchbayJSON

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
  public internal(set) var connectionOrder: [String]
  /// What a run must reach.
  public internal(set) var thresholds: [Threshold]
  var connections: [String: any Connection]
  /// The options of connections that take effect, secrets hidden.
  var connectionOptions: [String: JSONValue] = [:]
  /// The modules with versions that its types may come from.
  var modules: [ModuleVersion] = []
  /// What the options of connections refer to.
  var connectionReferences: [OptionReference] = []
  /// The environment variables that the configuration takes, in document order.
  package let variables: [VariableUse]
  /// The secrets that it holds.
  package internal(set) var secrets: [SecretPlace]

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

  /// Whether a stage prints records for programs to the console.
  package var printsRecords: Bool {
    stages.contains { ($0.stage as? any Sink)?.printsRecords ?? false }
  }

  /// What latencies are told apart by: what the configuration says, and what thresholds name, with the values
  /// that they name.
  var latencyLabels: [LatencyLabel: Set<String>] {
    var labels = Dictionary(options.latencyBy.map { ($0, Set<String>()) }) { one, _ in one }
    for metric in thresholds.compactMap({ LabelledMetric($0.metric) }) {
      labels[metric.label, default: []].insert(metric.value)
    }
    return labels
  }

  /// Whether a run keeps a journal.
  package var hasJournal: Bool { options.journal ?? injectsElsewhere }

  /// Whether an injector sends to another machine.
  var injectsElsewhere: Bool {
    let input = ForecastInput(events: .exactly(0), connections: connections)
    return stages.contains { stage in
      stage.role == .injector && stage.stage.forecast(input).requests.contains { !$0.isLocal }
    }
  }

  /// The stage of that name.
  public func stage(_ name: String) -> PlannedStage? {
    stages.first { $0.name == name }
  }
}
