import GenesysCloud
import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON

/// Asks the platform at set times for every user's routing status, and emits what it says.
///
/// It asks a nanosecond after the time, so that all that happens at the time has happened.
struct StatusProbe: Source {
  static let type = "status-probe"
  static let doc = "Reads every user's routing status at set times."

  struct Options: OptionGroup {
    let connection: String
    let origin: String
    let instants: [String]

    init(from options: inout OptionReader) {
      connection = options.reference(
        "connection", to: GenesysConnection.type, doc: "The login to use.")
      origin = options.required(
        "origin", example: "2026-01-01T00:00:00Z", doc: "What the run's start stands for.")
      instants = options.required(
        "instants", example: ["2026-01-01T10:00:00Z"], .nonEmpty, doc: "When to ask.")
    }
  }

  private let options: Options
  private var session: GenesysSession?
  private var clock: any PipelineClock = RealClock()

  init(_ options: Options) {
    self.options = options
  }

  mutating func open(_ context: StageContext) async throws {
    session = try await context.connection(options.connection, as: GenesysConnection.self)
      .openSession()
    clock = context.clock
  }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    guard let origin = Timestamp(options.origin) else { return }
    let start = clock.now
    for text in options.instants {
      guard let instant = Timestamp(text) else { continue }
      let past = instant.nanosecondsSince(origin)
      try await outlet.wait(until: start.advanced(byNanoseconds: past + 1))
      let users = try await get("/api/v2/users?pageSize=500")["entities"]?.array ?? []
      for user in users.compactMap({ $0["id"]?.string }) {
        let status = try await get("/api/v2/users/\(user)/routingstatus")["status"]?.string
        try await outlet.emit(
          EventFields(
            sequenceID: "\(text) \(user)", timestamp: text, agentID: user, state: status ?? ""))
      }
    }
  }

  private func get(_ path: String) async throws -> JSONValue {
    guard let session else { return .null }
    let token = try await session.tokens.token()
    let response = try await session.client.send(
      HTTPRequest(
        method: "GET", url: session.apiURL + path,
        headers: ["Authorization": "Bearer \(token)"], timeout: .seconds(60)))
    return try JSONValue(parsing: response.body)
  }
}

enum ProbeModule: PluginModule {
  static var stages: [any Stage.Type] { [StatusProbe.self] }
}
