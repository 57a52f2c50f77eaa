import PatchbayCore

extension PlanOutlook {
  /// The outlook for people.
  package var text: String {
    var lines = ["\(plan.name): what a run would do", ""]
    let clock = plan.options.clock.optionText
    lines += section("RUN", [("seed", String(plan.options.seed)), ("clock", clock)])
    lines += section(
      "EVENTS", emissions.map { ("\($0.source) (\($0.type))", $0.events.description) })
    for emission in emissions {
      guard let load = emission.load else { continue }
      lines += section("LOAD of \(emission.source), \(load.what) that begin in a second", load.rows)
    }
    lines += section(
      "REQUESTS, if every event is accepted and every request succeeds at once",
      sendings.map { sending in
        let requests = sending.requests
        let isSandbox = requests.isLocal && requests.endpoint.contains(" /")
        return (
          requests.endpoint + (isSandbox ? " (embedded sandbox)" : ""),
          requests.count.description
            + (requests.allowed.map { ", allowed: \($0.optionText)" } ?? "")
            + (requests.route.map { ", \($0.visible)" } ?? "")
        )
      })
    lines += section("TIME", time)
    lines += section(
      "FILES", inputPaths.map { ("reads", $0) } + writtenFiles.map { ("writes", $0) })
    lines += section("LISTENS", listeners.map { ("connections.\($0.connection)", $0.address) })
    lines += section("PROGRAMS", programs.map { ($0.stage, $0.command) })
    lines += section("SECRETS", secrets.map { ($0.path, Self.origin(of: $0)) })
    lines += section(
      "VARIABLES",
      variableNames.map { name in
        (name, plan.variables.contains { $0.variable == name && $0.isSet } ? "set" : "not set")
      })
    lines += section("THRESHOLDS", plan.thresholds.map { ($0.metric, $0.description) })
    let remote = remoteEndpoints
    let programs = programs.isEmpty ? [] : [("", "whatever the programs send")]
    lines += section(
      "BEYOND THIS MACHINE",
      remote.isEmpty && programs.isEmpty
        ? [("", "nothing: every request goes to this machine")]
        : remote.map { ("sends", $0) } + programs)
    return lines.joined(separator: "\n")
  }

  private var time: [(String, String)] {
    var rows: [(String, String)] = []
    let isVirtual = plan.options.clock == .virtual
    let suffix = isVirtual ? " on the virtual clock, which waits for nothing" : ""
    if let duration = sourceDuration {
      rows.append(("sources", "at least \(duration.optionText)\(suffix)"))
    } else {
      rows.append(("sources", "not known beforehand"))
    }
    if let duration = rateDuration {
      let bound = rateDurationIsExact ? "at least" : "up to"
      rows.append(
        (
          "at the allowed rate",
          duration == .zero ? "no longer" : "\(bound) \(duration.optionText)\(suffix)"
        ))
    }
    if let deadline = plan.options.deadline {
      rows.append(("deadline", deadline.optionText))
    }
    return rows
  }

  private static func origin(of secret: SecretUse) -> String {
    let names = secret.variables.map { "${\($0)}" }.joined(separator: ", ")
    return switch secret.origin {
    case .file: "stands in the configuration"
    case .environment: "from \(names)"
    case .default: "from \(names), which is not set: the default in the configuration"
    }
  }

  private func section(_ title: String, _ rows: [(String, String)]) -> [String] {
    if rows.isEmpty { return [] }
    let width = rows.map(\.0.count).max() ?? 0
    return ["  \(title)"]
      + rows.map { label, value in
        label.isEmpty
          ? "    \(value)"
          : "    \(label)\(String(repeating: ".", count: width - label.count + 2)): \(value)"
      } + [""]
  }
}
