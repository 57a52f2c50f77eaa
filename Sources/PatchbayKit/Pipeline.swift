public import PatchbayCore
public import PatchbayJSON
public import PatchbayRuntime

/// A pipeline that a program builds and runs itself.
///
/// It comes from a configuration's text or file, from stages that the program makes, or from both:
///
/// ```swift
/// var pipeline = try Pipeline(contentsOf: "config.json")
/// try pipeline.replace("qa", with: ClosureSink { batch in await archive.store(batch.fields) })
/// let report = try await pipeline.makeRun().run()
/// ```
///
/// Nothing is opened before the run, and nothing is global: registry, variables, clock, log and
/// metrics are what the program hands in.
public struct Pipeline: Sendable {
  private var plan: Plan
  private let registry: StageRegistry
  /// What is legal but suspicious in the configuration, a line each, as `patchbay validate` says it.
  public let warnings: [String]

  /// Makes a pipeline without stages.
  ///
  /// - Parameters:
  ///   - name: its name in reports.
  ///   - options: how it is run.
  ///   - registry: the types that stages and connections may be made of.
  public init(
    name: String = "pipeline", options: RunOptions = RunOptions(),
    registry: StageRegistry = .general
  ) {
    plan = Plan(name: name, options: options)
    self.registry = registry
    warnings = []
  }

  /// Makes the pipeline that a configuration describes.
  ///
  /// - Parameters:
  ///   - text: the configuration, JSON as in `config.json`.
  ///   - name: what messages call the text; files that it includes are sought in its folder.
  ///   - registry: the types that it may name.
  ///   - variables: the values of `${NAME}`; a program that wants its environment variables to count
  ///     hands them in.
  ///   - overrides: what is chosen beside it, such as profiles.
  /// - Throws: `ConfigError` with everything that is wrong with it.
  public init(
    json text: String, named name: String = "configuration", registry: StageRegistry = .general,
    variables: [String: String] = [:], overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) throws(ConfigError) {
    try self.init(Array(text.utf8), name, registry, variables, overrides)
  }

  /// Makes the pipeline that a configuration file describes.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - registry: the types that it may name.
  ///   - variables: the values of `${NAME}`.
  ///   - overrides: what is chosen beside it, such as profiles.
  /// - Throws: `UnreadableInput` if the file can't be read; `ConfigError` with everything that is
  ///   wrong with it.
  public init(
    contentsOf path: String, registry: StageRegistry = .general,
    variables: [String: String] = [:], overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) throws {
    let text = try InputFile.contents(of: path, upTo: Planner.longestText + 1)
    try self.init(text, path, registry, variables, overrides)
  }

  private init(
    _ text: [UInt8], _ name: String, _ registry: StageRegistry, _ variables: [String: String],
    _ overrides: ConfigurationOverrides
  ) throws(ConfigError) {
    let planner = Planner(registry: registry, variables: variables)
    let result = planner.plan(text, named: name, overrides: overrides)
    guard let plan = result.plan else { throw ConfigError(result) }
    self.plan = plan
    self.registry = registry
    warnings = result.issues.map(result.rendered)
  }

  /// How it is run: seed, clock, deadline, folder.
  public var options: RunOptions {
    get { plan.options }
    set { plan.options = newValue }
  }

  /// The stages, by role and then in the order in which they came.
  public var stages: [PlannedStage] { plan.stages }

  /// Adds a stage that the program made.
  ///
  /// Whether it fits is checked by `makeRun`, so that stages may be added in any order.
  ///
  /// - Parameters:
  ///   - name: its name; no other stage's.
  ///   - stage: the stage; its type says its role.
  ///   - inputs: what feeds it, as in a configuration: `desk`, `schema.rejected`.
  ///   - buffer: where events wait before it, if it is a sink; what is in a spool is for the next run of a
  ///     pipeline with this name, folder of runs and name of the sink.
  public mutating func add(
    _ name: String, _ stage: some Stage, inputs: [String] = [], buffer: BufferChoice = .standard
  ) {
    plan.add(name, stage, inputs: inputs, buffer: buffer)
  }

  /// Adds a stage of a type that the registry has, made of options as a configuration gives them.
  ///
  /// ```swift
  /// try pipeline.add(.source, "desk", type: "scenario", options: ["agents": 5])
  /// ```
  ///
  /// - Parameters:
  ///   - role: its role: two types may share a name if their roles differ.
  ///   - name: its name; no other stage's.
  ///   - type: the type's name, as `patchbay stages` lists it.
  ///   - options: its options.
  ///   - inputs: what feeds it, as in a configuration: `desk`, `schema.rejected`.
  /// - Throws: `ConfigError` if there is no such type, or its options are refused.
  public mutating func add(
    _ role: StageRole, _ name: String, type: String, options: JSONValue = [:],
    inputs: [String] = []
  ) throws(ConfigError) {
    try plan.add(role, name, type: type, options: options, inputs: inputs, of: registry)
  }

  /// Adds a connection of a type that the registry has, for stages to name in their options.
  ///
  /// It is made of options as a configuration gives them.
  ///
  /// - Throws: `ConfigError` if there is no such type, its options are refused, or the name is taken.
  public mutating func addConnection(
    _ name: String, type: String, options: JSONValue = [:]
  ) throws(ConfigError) {
    try plan.addConnection(name, type: type, options: options, of: registry)
  }

  /// Adds what a run must reach: a failed threshold is the report's verdict.
  ///
  /// - Parameters:
  ///   - metric: a name as `patchbay metrics` lists it, such as `injection.success_rate`.
  ///   - condition: a comparison with a number, such as `>= 0.99`.
  /// - Throws: `ConfigError` if the condition can't be read.
  public mutating func addThreshold(
    _ metric: String, _ condition: String
  ) throws(ConfigError) {
    try plan.addThreshold(metric, condition)
  }

  /// Puts a stage that the program made in the place of one with the same role.
  ///
  /// Its inputs and whatever it feeds stay.
  ///
  /// - Throws: `ConfigError` if there is no stage of that name, or its role is another.
  public mutating func replace(_ name: String, with stage: some Stage) throws(ConfigError) {
    try plan.replace(name, with: stage)
  }

  /// Makes a run of the pipeline; nothing is opened or written yet.
  ///
  /// - Parameter environment: what the run may use of the world outside.
  /// - Throws: `ConfigError` if the stages don't make a pipeline: an input that doesn't exist, a
  ///   stage that feeds nothing, a circle, two stages that need one file.
  public func makeRun(
    in environment: RunEnvironment = RunEnvironment()
  ) throws(ConfigError) -> PipelineRun {
    PipelineRun(try plan.checked(with: registry), in: environment)
  }

  /// Runs the pipeline and says how it went.
  ///
  /// Whatever goes wrong while it runs stands in the report; `report.exitCode` is the verdict.
  ///
  /// - Parameter environment: what the run may use of the world outside.
  /// - Throws: `ConfigError` if the stages don't make a pipeline.
  public func run(
    in environment: RunEnvironment = RunEnvironment()
  ) async throws(ConfigError) -> RunReport {
    try await makeRun(in: environment).run()
  }

  /// Looks whether a run would find what it needs outside, as `patchbay doctor` does; nothing is
  /// changed there, and no event is sent.
  ///
  /// - Parameter environment: what the look may use of the world outside; its console isn't used.
  /// - Throws: `ConfigError` if the stages don't make a pipeline.
  public func examine(
    in environment: RunEnvironment = RunEnvironment()
  ) async throws(ConfigError) -> CheckupReport {
    await Checkup(try plan.checked(with: registry), in: environment).run()
  }
}
