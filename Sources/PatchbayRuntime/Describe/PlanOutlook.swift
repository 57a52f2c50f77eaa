package import PatchbayCore

/// What a run of a plan would do to the outside world, worked out without touching it.
///
/// It assumes that every event is accepted and every request succeeds at once: what is turned away
/// means fewer requests, what fails means more.
package struct PlanOutlook: Sendable {
  /// A source and what it will emit.
  package struct Emission: Sendable {
    package let source: String
    package let type: String
    package let events: Amount
    package let duration: Duration?
    package let load: Forecast.Load?
  }

  /// Requests and who sends them.
  package struct Sending: Sendable {
    package let stage: String
    package let requests: Forecast.Requests
  }

  /// A secret and where it comes from.
  package struct SecretUse: Sendable {
    /// Where a secret comes from.
    package enum Origin: String, Sendable {
      /// It stands in the file.
      case file
      /// The environment has it.
      case environment
      /// The environment doesn't, and the file gives a default.
      case `default`
    }

    package let path: String
    package let variables: [String]
    package let origin: Origin
  }

  package let plan: Plan
  package private(set) var emissions: [Emission] = []
  package private(set) var sendings: [Sending] = []
  package private(set) var inputFiles: [(stage: String, path: String)] = []
  /// Each file that is read once, however many read it.
  var inputPaths: [String] {
    var seen: Set<String> = []
    return inputFiles.map(\.path).filter { seen.insert($0).inserted }
  }
  package private(set) var outputFiles: [String] = []
  /// The folders of spools.
  package private(set) var spools: [String] = []
  package private(set) var listeners: [(connection: String, address: String)] = []
  package private(set) var programs: [(stage: String, command: String)] = []
  package private(set) var secrets: [SecretUse] = []
  /// What each stage's forecast started from, by the stage's name.
  package private(set) var inputs: [String: ForecastInput] = [:]
  private var opened: Set<String> = []

  package init(_ plan: Plan) {
    self.plan = plan
    var outputs: [String: Amount] = [:]
    var agents: [String: [Forecast.Agents]] = [:]
    var forecasts: [String: Forecast] = [:]
    for stage in plan.inOrderOfFlow {
      let events = stage.inputs.filter { $0.port == .out }
        .compactMap { outputs[$0.stage] }.reduce(.exactly(0), +)
      let input = ForecastInput(
        events: events, agents: stage.inputs.flatMap { agents[$0.stage] ?? [] }.unique,
        connections: plan.connections)
      inputs[stage.name] = input
      let forecast = stage.stage.forecast(input)
      agents[stage.name] = forecast.agents.map { [$0] } ?? input.agents
      outputs[stage.name] = stage.role == .source ? forecast.events : events
      forecasts[stage.name] = forecast
    }
    for stage in plan.stages {
      let forecast = forecasts[stage.name] ?? Forecast()
      if stage.role == .source {
        emissions.append(
          Emission(
            source: stage.name, type: stage.type,
            events: forecast.events ?? .unknown("the stage can't tell"),
            duration: forecast.duration, load: forecast.load))
      }
      add(forecast, of: "\(stage.role.section).\(stage.name)")
      if stage.buffer.spool != nil {
        spools.append(
          SpoolFolder.path(in: plan.options.directory, pipeline: plan.name, sink: stage.name))
      }
    }
    for name in plan.connectionOrder { open(name) }
    secrets = plan.secrets.map { place in
      let uses = plan.variables.filter { $0.position == place.position }
      return SecretUse(
        path: place.path.description, variables: uses.map(\.variable),
        origin: place.isLiteral
          ? .file : uses.allSatisfy(\.isSet) ? .environment : .default)
    }
  }

  /// Hosts beyond this machine that requests go to.
  package var remoteEndpoints: [String] {
    sendings.filter { !$0.requests.isLocal }.map(\.requests.endpoint)
  }

  /// How long the sources take on the run's clock; nil if one can't tell.
  package var sourceDuration: Duration? {
    let durations = emissions.map(\.duration)
    return durations.contains(nil) ? nil : durations.compactMap(\.self).max()
  }

  /// How long the requests wait for the rates that their targets allow; nil without a rate or a number.
  ///
  /// As many as a period allows go out at once, the next ones when it is over.
  package var rateDuration: Duration? {
    var amounts: [String: (rate: Rate, count: Int)] = [:]
    for (index, sending) in sendings.enumerated() {
      guard let rate = sending.requests.allowed, let count = sending.requests.count.most
      else { continue }
      let limit = sending.requests.sharedLimit ?? "request \(index)"
      let before = amounts[limit]
      let sum = (before?.count ?? 0).addingReportingOverflow(count)
      amounts[limit] = (min(rate, before?.rate ?? rate), sum.overflow ? .max : sum.partialValue)
    }
    return amounts.values.map { rate, count in
      .seconds(rate.period.seconds) * (max(0, count - 1) / rate.count)
    }.max()
  }

  /// Whether that is no upper bound, but how long they take.
  package var rateDurationIsExact: Bool {
    sendings.allSatisfy { sending in
      let count = sending.requests.count
      return sending.requests.allowed == nil || count.least == count.most
    }
  }

  private mutating func add(_ forecast: Forecast, of stage: String) {
    sendings += forecast.requests.map { Sending(stage: stage, requests: $0) }
    inputFiles += forecast.inputFiles.map { (stage, $0) }
    outputFiles += forecast.outputFiles
    programs += forecast.programs.map { (stage, $0) }
    for name in forecast.connections { open(name) }
  }

  /// Adds what a connection does, once.
  private mutating func open(_ name: String) {
    guard let connection = plan.connections[name], opened.insert(name).inserted else { return }
    let forecast = connection.forecast()
    listeners += forecast.listeners.map { (name, $0) }
    add(forecast, of: "connections.\(name)")
  }
}

extension [Forecast.Agents] {
  /// The elements, each once: several ways may lead from a source to a stage.
  fileprivate var unique: Self {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension Plan {
  /// The stages, each after those that feed it.
  fileprivate var inOrderOfFlow: [PlannedStage] {
    var takers: [String: [Int]] = [:]
    var missing = stages.map(\.inputs.count)
    for (index, stage) in stages.enumerated() {
      for input in stage.inputs { takers[input.stage, default: []].append(index) }
    }
    var order: [PlannedStage] = []
    var next = stages.indices.filter { missing[$0] == 0 }
    while !next.isEmpty {
      order += next.map { stages[$0] }
      var ready: [Int] = []
      for taker in next.flatMap({ takers[stages[$0].name] ?? [] }) {
        missing[taker] -= 1
        if missing[taker] == 0 { ready.append(taker) }
      }
      next = ready.sorted()
    }
    return order
  }
}
