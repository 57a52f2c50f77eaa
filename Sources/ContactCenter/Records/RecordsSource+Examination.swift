package import PatchbayCore

extension RecordsSource: Examinable {
  /// How much of a file is looked at before a run.
  private static let headChunks = 16

  /// Reads the beginning of the file, and shows the first services as they would be told.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    var file = ServiceFile(options)
    var services: [String] = []
    var problems: [String] = []
    do {
      let input = try await RecordInput.open(options.path)
      var chunk: [UInt8] = []
      for number in 0..<Self.headChunks where number == 0 || !chunk.isEmpty {
        chunk = try await input.next()
        for finding in try file.take(chunk) {
          switch finding {
          case .service(let service, let agent): services.append(Self.told(agent, service))
          case .problem(let problem, let line, _):
            problems.append("\(options.path):\(line): \(problem)")
          }
        }
      }
      if chunk.isEmpty { try file.finish() }
    } catch {
      return [.bad("records", "\(error)", cure: "see the options of \(Self.type)")]
    }
    var checks: [Check] = services.prefix(3).map { .good("service", $0) }
    checks += problems.prefix(3).map {
      .doubtful("record", $0, cure: "it would leave by .rejected; look whether all are like it")
    }
    if services.isEmpty {
      checks.append(
        .bad(
          "records", "none of the first \(file.tally.records) is a service",
          cure: "look at \"fields\", \"served\", \"no_agent\" and \"no_time\""))
    }
    for (name, column) in file.guessed {
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
