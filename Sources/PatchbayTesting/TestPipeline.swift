import Logging
package import PatchbayCore
package import PatchbayJSON
package import PatchbayRuntime

/// Builds a pipeline of stage values and runs it; for tests.
package struct TestPipeline: Sendable {
  private var plan = Plan(name: "test", options: RunOptions())
  private let directory: String
  private let options: JSONValue
  package let console = CapturedConsole()
  package let control = StopControl()

  /// Makes an empty pipeline.
  ///
  /// - Parameters:
  ///   - directory: where the run's folder is made.
  ///   - options: more options of the `run` section.
  package init(directory: String, options: JSONValue = ["clock": "virtual"]) {
    self.directory = directory
    self.options = options
  }

  /// Adds a stage; inputs are written as in a configuration.
  package mutating func add(
    _ name: String, _ stage: some Stage, inputs: [String] = [], buffer: BufferChoice = .standard
  ) {
    plan.add(name, stage, inputs: inputs, buffer: buffer)
  }

  /// What it is a pipeline of.
  package func checkedPlan() throws -> Plan { try parts(StageRegistry()) { _ in }.0 }

  /// Runs it to its end.
  package func run(clock: (any PipelineClock)? = nil) async throws -> RunReport {
    try await makeRun { $0.clock = clock }.run()
  }

  /// Makes a run of it, which can be watched.
  ///
  /// - Parameters:
  ///   - registry: has the connections that exist without being declared.
  ///   - control: stops it; the pipeline's own without one.
  ///   - prepare: changes what the run may use of the outside world.
  package func makeRun(
    registry: StageRegistry = StageRegistry(), control: StopControl? = nil,
    _ prepare: (inout RunEnvironment) -> Void = { _ in }
  ) throws -> PipelineRun {
    let (plan, environment) = try parts(registry, prepare)
    return PipelineRun(plan, in: environment, control: control ?? self.control)
  }

  /// Makes a run of it that goes on with one that was interrupted.
  ///
  /// - Parameters:
  ///   - folder: the run's folder.
  ///   - control: stops it.
  ///   - prepare: changes what the run may use of the outside world.
  package func makeRun(
    goingOnWith folder: String, control: StopControl = StopControl(),
    _ prepare: (inout RunEnvironment) -> Void = { _ in }
  ) async throws -> PipelineRun {
    let (plan, environment) = try parts(StageRegistry(), prepare)
    return try await PipelineRun.goingOn(with: folder, plan, in: environment, control: control)
  }

  /// Makes a run that only delivers what waits in spools.
  package func makeRun(
    draining sinks: [String], _ prepare: (inout RunEnvironment) -> Void = { _ in }
  ) throws -> PipelineRun {
    let (plan, environment) = try parts(StageRegistry()) { environment in
      environment.drainsSpools = true
      prepare(&environment)
    }
    return PipelineRun(plan.draining(sinks), in: environment, control: control)
  }

  private func parts(
    _ registry: StageRegistry, _ prepare: (inout RunEnvironment) -> Void
  ) throws -> (Plan, RunEnvironment) {
    var members = options.object ?? []
    members.append(.init("directory", .string(directory)))
    var plan = try plan.checked(with: registry)
    plan.options = try RunOptions(.object(members))
    var environment = RunEnvironment(
      console: console, input: ScriptedInput(),
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    prepare(&environment)
    return (plan, environment)
  }
}
