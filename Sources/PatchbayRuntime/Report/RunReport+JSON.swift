public import PatchbayCore
public import PatchbayJSON

extension RunReport {
  /// The version of the document below; the first number changes when a reader must.
  public static let schemaVersion = "1.1"

  /// The report as `report.json` holds it; `docs/report.md` explains every member.
  ///
  /// Durations are whole nanoseconds, in members whose names end with `_ns`.
  public var json: JSONValue {
    [
      "schema_version": .string(Self.schemaVersion),
      "run": runJSON,
      "exit_code": .integer(Int(exitCode.rawValue)),
      "events": [
        "emitted": .integer(events.emitted), "delivered": .integer(events.delivered),
        "rejected": .integer(events.rejected), "failed": .integer(events.failed),
        "abandoned": .integer(events.abandoned), "balanced": .bool(events.isBalanced),
      ],
      "injection": injection.map(\.json) ?? .null,
      "stages": .array(stages.map(\.json)),
      "thresholds": .array(
        thresholds.map { threshold in
          [
            "metric": .string(threshold.metric), "condition": .string(threshold.condition),
            "value": threshold.value.map { .number($0) } ?? .null,
            "passed": .bool(threshold.passed),
          ]
        }),
      "failures": .array(failures.map { .string($0) }),
      "notices": .array(notices.map { .string($0) }),
      "leftovers": .array(leftovers.map { .string($0) }),
    ]
  }

  private var runJSON: JSONValue {
    [
      "id": .string(run.id.description), "name": .string(run.name),
      "seed": .string(String(run.seed)), "clock": .string(run.clock),
      "ending": .string(run.ending.rawValue),
      "started_at": .string(run.startedAt.description),
      "finished_at": .string(run.finishedAt.description),
      "real_ns": .integer(Int(run.realNanoseconds)),
    ]
  }
}

extension InjectionReport {
  fileprivate var json: JSONValue {
    [
      "attempted": .integer(attempted), "accepted": .integer(accepted),
      "failed": .integer(failed), "unknown": .integer(unknown), "attempts": .integer(attempts),
      "success_rate": successRate.map { .number($0) } ?? .null,
      "statuses": .object(statuses.map { .init(String($0.status), .integer($0.count)) }),
      "latency": latency.json, "wire": wire.json, "queue": queue.json,
      "rate_limit": rateLimit.json, "token": token.json, "backoff": backoff.json, "own": own.json,
      "response": response.json,
      "by": .object(
        LatencyLabel.allCases.compactMap { label in
          labelled[label].map { .init(label.rawValue, Self.json($0)) }
        }),
    ]
  }

  private static func json(_ labelled: [LabelledLatency]) -> JSONValue {
    .object(
      labelled.map {
        .init($0.value, ["latency": $0.latency.json, "response": $0.response.json])
      })
  }
}

extension Distribution {
  fileprivate var json: JSONValue {
    guard count > 0 else { return ["count": 0] }
    let figures = Statistic.allCases.map { statistic -> JSONValue.Member in
      let figure = self[statistic]
      let isWhole = statistic != .mean
      return .init("\(statistic.rawValue)_ns", isWhole ? .integer(Int(figure)) : .number(figure))
    }
    // One text, since it is for programs alone: thousands of lines would hide the rest.
    let buckets = buckets.map { "\($0.value):\($0.count)" }.joined(separator: " ")
    return .object(
      [.init("count", .integer(count))] + figures + [.init("buckets", .string(buckets))])
  }
}

extension StageReport {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("role", .string(role.rawValue)),
      .init("type", .string(type)), .init("received", .integer(received)),
      .init("abandoned", .integer(abandoned)),
    ]
    if role != .source { members.append(.init("inputs", .array(inputs.map { .string($0) }))) }
    if absorbed > 0 { members.append(.init("absorbed", .integer(absorbed))) }
    if role == .sink {
      members += [
        .init("written", .integer(written)), .init("undelivered", .integer(undelivered)),
        .init("unkept_records", .integer(unkeptRecords)),
      ]
    } else {
      members += [.init("sent", Self.counts(sent)), .init("unconnected", Self.counts(unconnected))]
    }
    if role == .source { members.append(.init("lag", lag.json)) }
    if watchesOthers { members.append(.init("watches_others", true)) }
    if let spool { members.append(.init("spool", spool.json)) }
    members.append(
      .init(
        "metrics", .object(findings.metrics.map { .init($0.name, .number($0.value)) })))
    if !findings.shapes.isEmpty {
      members.append(
        .init(
          "shapes", .object(findings.shapes.map { .init($0.name, $0.distribution.json) })))
    }
    members.append(
      .init(
        "tables",
        .array(
          findings.tables.map { table in
            var members: [JSONValue.Member] = [
              .init("title", .string(table.title)),
              .init("columns", .array(table.columns.map { .string($0) })),
              .init("rows", .array(table.rows.map { .array($0.map { .string($0) }) })),
            ]
            if table.isOfTransitions { members.append(.init("of_transitions", true)) }
            return .object(members)
          })))
    if !findings.transitions.isEmpty {
      members.append(.init("transitions", .array(findings.transitions.map(\.json))))
    }
    if !findings.events.isEmpty {
      members.append(.init("events", .array(findings.events.map(\.json))))
    }
    if let checkpoint = findings.checkpoint {
      members.append(.init("checkpoint", .string(checkpoint)))
    }
    members.append(.init("notes", .array(findings.notes.map { .string($0) })))
    return .object(members)
  }

  private static func counts(_ counts: [PortName: Int]) -> JSONValue {
    .object(
      counts.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { .init($0.key.rawValue, .integer($0.value)) })
  }
}

extension Findings.Transition {
  fileprivate var json: JSONValue {
    [
      "from": .string(from), "to": .string(to), "count": .integer(count),
      "allowed": .bool(isAllowed),
    ]
  }
}

extension SpoolReport {
  fileprivate var json: JSONValue {
    [
      "found": .integer(found), "kept": .integer(kept), "delivered": .integer(delivered),
      "refused": .integer(refused), "expired": .integer(expired), "waiting": .integer(waiting),
      "documents": .integer(documents), "problem": problem.map { .string($0) } ?? .null,
    ]
  }
}

extension FoundEvent {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("found", .string(kind)), .init("sequence_id", .string(sequenceID)),
      .init("agent_id", .string(agentID)), .init("interaction_id", .string(interactionID)),
    ]
    if let from { members.append(.init("from", .string(from))) }
    members += [.init("to", .string(to)), .init("timestamp", .string(timestamp))]
    if let code { members.append(.init("code", .string(code))) }
    if let reason { members.append(.init("reason", .string(reason))) }
    if let place {
      members += [.init("input", .string(place.input)), .init("line", .integer(place.line))]
    }
    return .object(members)
  }
}
