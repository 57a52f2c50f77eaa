package import PatchbayCore

/// Replays a call-by-call log as the desktop events of the agents who served the calls.
///
/// It is the source `records` with the preset `call-log`, under names of its own. In the terms of a desktop each
/// service becomes five events: busy and connected at its start, disconnected and wrapping at its end, available
/// after the wrap-up. In the platform's own terms it is a part in an interaction, with after-call work if there is
/// a wrap-up. Timestamps are those of the log, taken as UTC; events are sent with the log's own gaps, from the start
/// of the run on.
package struct CallLogSource: Source {
  package static let type = "call-log"
  package static let doc =
    "Replays a call log as the events of its agents; bad rows go to .rejected."
  package static let metrics = [
    MetricDeclaration("rows", doc: "Rows behind the header."),
    MetricDeclaration("bad_rows", doc: "Rows that couldn't be used."),
    MetricDeclaration("services", doc: "Rows with an agent and a service start."),
    MetricDeclaration("agents", doc: "Agents with a service."),
    MetricDeclaration("agent_days", doc: "Pairs of agent and day with a service."),
    MetricDeclaration(
      "starts_while_in_service",
      doc: "Services that start while the same agent is in another of that day."),
  ]

  package var repeatsItself: Bool { true }
  package var reach: StageReach { .context }

  private let options: CallLogOptions
  private var records: RecordsSource?

  package init(_ options: CallLogOptions) {
    self.options = options
    // What these options can say, those can.
    records = (try? options.records()).map { RecordsSource($0, naming: .callLog) }
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    records?.forecast(input) ?? Forecast()
  }

  package mutating func open(_ context: StageContext) async throws {
    records = RecordsSource(try options.records(), naming: .callLog)
    try await records?.open(context)
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    try await records?.run(emitting: outlet)
  }

  package func findings() -> Findings {
    let found = records?.findings() ?? Findings()
    var findings = Findings()
    findings["rows"] = found["records"]
    findings["bad_rows"] = found["bad_records"]
    for name in ["services", "agents", "agent_days", "starts_while_in_service"] {
      findings[name] = found[name]
    }
    return findings
  }
}

extension CallLogSource: Examinable {
  /// Reads the beginning of the file, and shows the first services as they would be told.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    try await records?.examine(context, input) ?? []
  }
}
