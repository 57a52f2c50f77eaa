package import PatchbayCore

extension RecordsSource: Examinable {
  /// Reads the beginning of the file, and shows the first services as they would be told.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    var file = ServiceFile(options)
    let problems: [String]
    do {
      problems = try await file.readHead()
    } catch {
      return [.bad("records", "\(error)", cure: "see the options of \(Self.type)")]
    }
    var checks: [Check] = file.first.map { agent, service in
      .good("service", Self.told(agent, service))
    }
    checks += problems.map {
      .doubtful("record", $0, cure: "it would leave by .rejected; look whether all are like it")
    }
    if file.first.isEmpty {
      checks.append(
        .bad(
          "records", "none of the first \(file.tally.records) is a service",
          cure: "look at \"fields\", \"served\", \"no_agent\" and \"no_time\""))
    }
    for (name, column) in file.tally.guessed {
      checks.append(
        .doubtful(
          "column", "\(column.debugDescription) is taken for \(name.debugDescription)",
          cure: "write it as the header does"))
    }
    return checks
  }

  private static func told(_ agent: String, _ service: Service) -> String {
    var text = "\(OutsideText.shown(agent)): "
    if service.offered != service.connected { text += "rang \(service.offered), " }
    text += "answered \(service.connected), ended \(service.ended)"
    if let wrapped = service.wrapped { text += ", wrapped up \(wrapped)" }
    return text
  }
}
