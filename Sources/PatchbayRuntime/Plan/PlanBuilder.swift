import PatchbayCore
import PatchbayJSON

/// Builds one plan, collecting issues on the way.
struct PlanBuilder {
  static let sections =
    ["$schema", "name", "run", "connections"] + StageRole.allCases.map(\.section) + ["thresholds"]

  let registry: StageRegistry
  private let variables: [VariableUse]
  /// Stages that the command line leaves out.
  let leftOut: Set<String>
  var issues = IssueList()
  var drafts = DraftList()
  var connections: [String: any Connection] = [:]
  var connectionTypes: [String: String] = [:]
  var connectionOptions: [String: JSONValue] = [:]
  var connectionOrder: [String] = []
  var connectionReferences: [OptionReference] = []
  /// Sections that can't be read; what follows from their absence isn't reported as well.
  var hasUnreadableSections = false
  var usedConnections: Set<String> = []
  var connectionPositions: [String: JSONPosition] = [:]

  /// The secrets that the configuration holds.
  var secrets: [SecretPlace] = []

  /// Builds the plan of a configuration.
  init(registry: StageRegistry, _ composer: Composer) {
    self.registry = registry
    variables = composer.uses
    leftOut = composer.leftOut
    hasUnreadableSections = composer.isIncomplete
  }

  /// Builds a plan of what a program made.
  init(registry: StageRegistry) {
    self.registry = registry
    variables = []
    leftOut = []
  }

  mutating func build(_ root: JSONNode) -> Plan? {
    guard let members = root.members else {
      issues.report(
        .wrongType, at: root.position, path: OptionPath(),
        message: "expected an object, found \(root.kind)")
      return nil
    }
    let all = Self.sections + Composer.ownSections
    let present = Set(members.map(\.name))
    let missing = all.filter { !present.contains($0) }
    for member in members where !Self.sections.contains(member.name) {
      hasUnreadableSections = true
      let isNear = NearestName.of(member.name, among: missing) != nil
      issues.report(
        .unknownOption, at: member.position, path: OptionPath(member.name),
        message: "unknown section"
          + issues.suggestion(for: member.name, among: isNear ? missing : all))
    }
    let name = readName(root)
    let options = RunOptions.decode(
      root.member("run")?.value ?? JSONNode([:]), at: OptionPath("run"))
    issues.append(contentsOf: options.issues)
    readConnections(root)
    for role in StageRole.allCases { readStages(role, root) }
    checkReferences()
    checkResources()
    var graph = GraphChecker(
      drafts: drafts, root: root, mayLackStages: hasUnreadableSections)
    let inputs = graph.check()
    issues.append(contentsOf: graph.issues.issues)
    let thresholds = readThresholds(root)
    checkSecrets()
    checkPorts(inputs)
    checkJournal(root, options.value)
    guard !issues.hasErrors, let run = options.value else { return nil }
    var plan = Plan(
      name: name, options: run, stages: drafts.all.compactMap(\.planned),
      connectionOrder: connectionOrder, connections: connections, thresholds: thresholds,
      variables: variables, secrets: secrets)
    plan.connectionOptions = connectionOptions
    plan.modules = registry.modules
    return plan
  }

  mutating func readName(_ root: JSONNode) -> String {
    guard let member = root.member("name") else { return "pipeline" }
    guard let name = member.value.value.string else {
      issues.report(
        .wrongType, at: member.value.position, path: OptionPath("name"),
        message: "expected a string, found \(member.value.kind)")
      return ""
    }
    let problem: String? =
      if name.isEmpty { "must not be empty" } else if name.utf8.count > 200 {
        "must have at most 200 bytes"
      } else if !name.isOnOneLine {
        "must be a text on one line, without control characters"
      } else { nil }
    if let problem {
      issues.report(
        .ruleViolated, at: member.value.position, path: OptionPath("name"), message: problem)
    }
    return name
  }
}
