import PatchbayCore
package import PatchbayJSON

extension PlanOutlook {
  /// The outlook for programs and for diffs in review: everything in the order of the
  /// configuration, nothing that changes from run to run.
  package var json: JSONValue {
    [
      "pipeline": .string(plan.name),
      "run": [
        "seed": .string(String(plan.options.seed)), "clock": .string(plan.options.clock.optionText),
        "deadline": plan.options.deadline.map { .string($0.optionText) } ?? .null,
      ],
      "events": .object(emissions.map { .init($0.source, Self.json($0.events)) }),
      "load": .object(
        emissions.compactMap { emission in
          emission.load.map { load in
            .init(
              emission.source,
              [
                "what": .string(load.what), "duration": .string(load.duration.optionText),
                "rates": .array(load.rates.map { .number($0) }),
                "note": load.note.map { .string($0) } ?? .null,
              ])
          }
        }),
      "requests": .array(
        sendings.map { sending in
          [
            "stage": .string(sending.stage), "endpoint": .string(sending.requests.endpoint),
            "count": Self.json(sending.requests.count), "local": .bool(sending.requests.isLocal),
            "allowed": sending.requests.allowed.map { .string($0.optionText) } ?? .null,
            "route": sending.requests.route.map { .string($0) } ?? .null,
          ]
        }),
      "remote_endpoints": .array(remoteEndpoints.map { .string($0) }),
      "duration": [
        "sources": sourceDuration.map { .string($0.optionText) } ?? .null,
        "allowed_rate": rateDuration.map { .string($0.optionText) } ?? .null,
      ],
      "reads": .array(inputPaths.map { .string($0) }),
      "writes": .array(writtenFiles.map { .string($0) }),
      "listens": .array(listeners.map { .string($0.address) }),
      "programs": .array(programs.map { .string($0.command) }),
      "secrets": .array(
        secrets.map { secret in
          [
            "path": .string(secret.path), "from": .string(secret.origin.rawValue),
            "variables": .array(secret.variables.map { .string($0) }),
          ]
        }),
      "variables": .array(variableNames.map { .string($0) }),
      "thresholds": .object(
        plan.thresholds.map { .init($0.metric, .string($0.description)) }),
    ]
  }

  /// Files that will be written, those of the run's folder with a name for it.
  var writtenFiles: [String] {
    let folder = "\(plan.options.directory)/<run>/"
    return ([RunReport.fileName] + outputFiles).map { $0.contains("/") ? $0 : folder + $0 }
      + spools.map { $0 + "/" }
  }

  /// The environment variables that are looked at, each once.
  var variableNames: [String] {
    plan.variables.reduce(into: []) { names, use in
      if !names.contains(use.variable) { names.append(use.variable) }
    }
  }

  private static func json(_ amount: Amount) -> JSONValue {
    guard let most = amount.most else { return .string(amount.description) }
    return amount.least == most
      ? .integer(most) : ["from": .integer(amount.least), "to": .integer(most)]
  }
}
