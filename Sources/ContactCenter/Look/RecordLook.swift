import ContactModel
import EventMapping
import PatchbayCore
package import PatchbayJSON

/// What a file that nobody knows seems to hold: a proposal for reading it, and why.
package struct RecordLook: Sendable {
  /// What was found, in sentences.
  package private(set) var reasons: [String] = []
  /// What may be wrong, and what is to be set then.
  package private(set) var doubts: [String] = []
  /// The first services or events as they would be told.
  package private(set) var told: [String] = []
  /// The configuration that reads the file; nil if too little was found.
  package private(set) var configuration: JSONValue?

  /// How much of the file is looked at.
  private static let headBytes = 1 << 20

  /// Looks at the beginning of a file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, or has nothing that looks like a record.
  package init(_ path: String) async throws {
    let input = try await RecordInput.open(path)
    var head: [UInt8] = []
    var isWhole = false
    while head.count < Self.headBytes, !isWhole {
      let chunk = try await input.next()
      head += chunk
      isWhole = chunk.isEmpty
    }
    try self.init(head, isWhole: isWhole, of: path)
  }

  /// Looks at the beginning of a file's bytes.
  ///
  /// - Parameter isWhole: whether the file has nothing behind them.
  /// - Throws: `UnreadableInput` if there is nothing in them that looks like a record.
  package init(_ head: [UInt8], isWhole: Bool, of path: String) throws {
    let sample = try RecordSample(head, isWhole: isWhole, of: path)
    reasons = sample.reasons
    let trial = Trial(path: path, head: head, isWhole: isWhole)
    if let preset = trial.preset(sample) {
      reasons = ["it is what the preset \(preset.name.quoted) reads"]
      take(preset.options, trial)
      return
    }
    let roles = ColumnRoles(sample)
    reasons += roles.reasons
    doubts = roles.doubts
    if roles.columns[.agent] != nil, roles.columns[.end] != nil || roles.columns[.talk] != nil {
      take(ServiceProposal(sample, roles).options, trial)
    } else if let events = EventProposal(sample, roles) {
      let times = ColumnRoles.Role.allCases.filter { $0 != .agent && $0 != .call }.map(\.rawValue)
      reasons.removeAll { reason in times.contains { reason.hasPrefix("\($0): ") } }
      reasons += events.reasons
      doubts = events.doubts
      configuration = Self.configuration(
        of: path, events.options, connections: events.connections, hasCalls: events.hasCalls)
      told = events.told
    } else {
      doubts.append(Self.missing(roles))
      doubts += sample.columns.prefix(40).map(\.summary)
    }
  }

  private static func missing(_ roles: ColumnRoles) -> String {
    roles.columns[.agent] == nil
      ? "no column is called like an agent: set \"fields.agent\" by hand, or for events of agents a mapping; "
        + "there are"
      : "no column tells when a talk ended or how long it was, and none a state: set \"fields\" by hand, or for "
        + "events of agents a mapping; there are"
  }

  private mutating func take(_ options: [JSONValue.Member], _ trial: Trial) {
    let (services, problems) = trial.read(options)
    told = services.prefix(3).map { RecordsSource.told($1, $0) }
    if let first = problems.first {
      doubts.append(
        "\(problems.count) of the records that were looked at can't be used, the first because: \(first)"
      )
    }
    if services.isEmpty {
      doubts.append("no service was found by that: look at \"fields\"")
    }
    let own = JSONValue.object([.init("path", .string(trial.path))] + options)
    // What contradicts itself is nothing to start from.
    guard (try? RecordsOptions(own)) != nil else { return }
    configuration = Self.configuration(of: trial.path, options, connections: nil)
  }

  private static func configuration(
    of path: String, _ options: [JSONValue.Member], connections: JSONValue?,
    hasCalls: Bool = true
  ) -> JSONValue {
    let source = JSONValue.object(
      [.init("type", .string(RecordsSource.type)), .init("path", .string(path))] + options)
    let head: [JSONValue.Member] = [.init("run", ["clock": "virtual"])]
    let isOwn = connections != nil
    let validator: JSONValue = .object(
      [.init("type", "interaction-event"), .init("inputs", ["log"])]
        + (isOwn ? [.init("ids", "text")] : [])
        + (hasCalls ? [] : [.init("interaction", "optional")]))
    return .object(
      head + (connections.map { [.init("connections", $0)] } ?? []) + [
        .init("sources", ["log": source]), .init("validators", ["schema": validator]),
        .init("correlators", ["states": ["type": "state-machine", "inputs": ["schema"]]]),
        .init(
          "sinks",
          [
            "events": [
              "type": "jsonl", "inputs": ["states", "schema.rejected", "log.rejected"],
            ]
          ]),
      ])
  }
}

/// Reads the beginning of a file by options, to see what comes of it.
struct Trial {
  let path: String
  let head: [UInt8]
  let isWhole: Bool

  /// The services and the problems that options find.
  func read(
    _ options: [JSONValue.Member]
  ) -> (services: [(Service, agent: String)], problems: [String]) {
    guard let options = try? RecordsOptions(.object([.init("path", .string(path))] + options))
    else {
      return ([], ["the options contradict each other"])
    }
    var files = ServiceFiles(options, first: path)
    var services: [(Service, agent: String)] = []
    var problems: [String] = []
    do {
      for chunk in isWhole ? [head, []] : [head] {
        for finding in try files.take(chunk) {
          switch finding {
          case .service(let service, let agent): services.append((service, agent))
          case .problem(let problem, let place, _): problems.append("\(place): \(problem)")
          }
        }
      }
    } catch {
      return ([], ["\(error)"])
    }
    return (services, problems)
  }

  /// The preset by which most services are found, and nothing is wrong.
  func preset(_ sample: RecordSample) -> (name: String, options: [JSONValue.Member])? {
    var best: (name: String, options: [JSONValue.Member], count: Int)?
    for preset in RecordPreset.all {
      let isJSON = preset.value["format"].map { $0["delimited"] == nil } ?? false
      // JSON may stand otherwise in the file than the preset has it.
      let format = isJSON ? sample.options.filter { $0.name == "format" } : []
      let own = JSONValue.object(format)["format"] == preset.value["format"] ? [] : format
      let options = [JSONValue.Member("preset", .string(preset.name))] + own
      let (services, problems) = read(options)
      let count = services.count { $0.0.kind == .served }
      if problems.isEmpty, count > best?.count ?? 0 { best = (preset.name, options, count) }
    }
    return best.map { ($0.name, $0.options) }
  }
}
