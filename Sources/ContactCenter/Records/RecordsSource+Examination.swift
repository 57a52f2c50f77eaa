import ContactModel
import EventMapping
package import PatchbayCore

extension RecordsSource: Examinable {
  /// How much of a file is looked at before a run.
  private static let headChunks = 16

  /// Reads the beginning of the first file, and shows the first services or events as they would be told.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    do {
      let mapping = try await mapping(context)
      let paths = try await RecordFiles.inOrder(options, mapping)
      var checks: [Check] = []
      if paths.count > 1 {
        checks.append(
          .good("files", "\(paths.count), of which \(paths[0]) has the first times"))
      }
      if let mapping { return checks + (try await events(of: paths[0], by: mapping, context)) }
      return checks + (try await services(of: paths[0]))
    } catch let error as UnreadableInput {
      return [.bad("records", "\(error)", cure: "see the options of \(Self.type)")]
    }
  }

  private func services(of path: String) async throws -> [Check] {
    var files = ServiceFiles(options, first: path)
    var services: [String] = []
    var problems: [String] = []
    let input = try await RecordInput.open(path)
    var chunk: [UInt8] = []
    for number in 0..<Self.headChunks where number == 0 || !chunk.isEmpty {
      chunk = try await input.next()
      for finding in try files.take(chunk) {
        switch finding {
        case .service(let service, let agent): services.append(Self.told(agent, service))
        case .problem(let problem, let place, _): problems.append("\(place): \(problem)")
        }
      }
    }
    if chunk.isEmpty { try files.finish() }
    var checks: [Check] = services.prefix(3).map { .good("service", $0) }
    checks += Self.doubts(problems)
    if services.isEmpty {
      checks.append(
        .bad(
          "records", "none of the first \(files.tally.records) is a service",
          cure: "look at \"fields\", \"served\", \"no_agent\" and \"no_time\""))
    }
    return checks + files.guessed.map { Self.guess($0.name, $0.column) }
  }

  private func events(
    of path: String, by mapping: MappingConnection, _ context: StageContext
  ) async throws -> [Check] {
    var records = RecordReader(path, options, names: mapping.places)
    var reader = mapping.makeRecordReader(ids: context.name)
    var batch = EventBatch(symbols: context.symbols)
    var problems: [String] = []
    let input = try await RecordInput.open(path)
    var chunk: [UInt8] = []
    var number = 0
    repeat {
      chunk = try await input.next()
      for item in try records.items(in: chunk) {
        number += 1
        do throws(MappingReader.Problem) {
          _ = try reader.append(item, number, to: &batch, intended: context.clock.now)
        } catch {
          problems.append("\(path):\(item.line): \(error.description)")
        }
      }
    } while !chunk.isEmpty && number < 1_000
    let told = batch.indices.prefix(3).map { index in
      let event = batch[index]
      let text =
        "\(batch.agentID(of: event)): \(batch.state(of: event)) at \(batch.timestampText(of: event))"
      return Check.good("event", OutsideText.shown(text))
    }
    var checks = told + Self.doubts(problems)
    checks += (told.isEmpty ? [] : reader.unseen).map {
      .doubtful("mapping", "no record had \($0)", cure: "look at the mapping")
    }
    if told.isEmpty {
      checks.append(
        .bad("records", "none of the first is an event", cure: "look at the mapping"))
    }
    return checks + records.guessed.map { Self.guess($0.name, $0.column) }
  }

  private static func doubts(_ problems: [String]) -> [Check] {
    problems.prefix(3).map {
      .doubtful("record", $0, cure: "it would leave by .rejected; look whether all are like it")
    }
  }

  private static func guess(_ name: String, _ column: String) -> Check {
    .doubtful(
      "column", "\(column.debugDescription) is taken for \(name.debugDescription)",
      cure: "write it as the header does")
  }

  static func told(_ agent: String, _ service: Service) -> String {
    var text = "\(OutsideText.shown(agent)): "
    if case .presence(let presence) = service.kind {
      return text + "\(presence.stateName) from \(service.offered)"
    }
    if service.kind == .unanswered {
      return text + "rang \(service.offered), not answered until \(service.ended)"
    }
    if service.offered != service.connected { text += "rang \(service.offered), " }
    text += "answered \(service.connected), ended \(service.ended)"
    if !service.holds.isEmpty { text += ", on hold \(service.holds.count) times" }
    if let wrapped = service.wrapped { text += ", wrapped up \(wrapped)" }
    return text
  }
}
