import ContactCenter
import PatchbayCore
import PatchbayJSON

/// What the records of a file hold.
struct RecordReading {
  private(set) var services: [Service] = []
  /// What else is told of agents.
  private(set) var others: [Service] = []
  private(set) var problems: [String] = []
  private(set) var tally = RecordTally()
  /// What makes the file useless.
  private(set) var error = ""

  /// - Throws: if the options are wrong.
  init(_ options: JSONValue) async throws {
    let options = try RecordsOptions(options)
    do {
      let found = try await RecordsSource.findings(of: options)
      tally = found.tally
      for finding in found.findings {
        switch finding {
        case .service(let service, _) where service.kind == .served: services.append(service)
        case .service(let other, _): others.append(other)
        case .problem(let problem, let place, _): problems.append("\(place.line): \(problem)")
        }
      }
    } catch {
      self.error = "\(error)"
    }
  }
}
