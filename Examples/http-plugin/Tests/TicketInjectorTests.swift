import HTTPDelivery
import HTTPTesting
import HTTPTransport
import HelpDesk
import PatchbayKit
import PatchbayTesting
import Synchronization
import Testing

struct TicketInjectorTests {
  private let options: JSONValue = ["url": "https://desk.example", "secret": "s"]

  /// A desk that gives out tokens and answers tickets with these, the last one again and again.
  private func desk(_ answers: HTTPResponse...) -> ScriptedNetwork {
    let rest = Mutex(answers)
    return ScriptedNetwork { request in
      if request.url.hasSuffix("/token") { return .answer(200, [:], ["access_token": "t"]) }
      return rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
  }

  @Test func `it keeps the contract of an injector`() async {
    var check = Conformance(TicketInjector.self, options: options)
    check.values.network = desk(.answer(201))
    #expect(await check.problems() == [])
  }

  @Test func `it logs in, renews its token, waits and tries again`() async throws {
    let network = desk(.answer(401), .answer(503, ["Retry-After": "30"]), .answer(201))
    var registry = StageRegistry.general
    try registry.load(PluginEntry.self)
    var pipeline = try Pipeline(
      json: """
        {
          "run": { "clock": "virtual" },
          "sources": { "calls": { "type": "closure" } },
          "injectors": {
            "desk": {
              "type": "tickets", "inputs": ["calls"], "url": "https://desk.example", "secret": "s"
            }
          },
          "sinks": { "log": { "type": "closure", "inputs": ["desk", "desk.failed"] } }
        }
        """, registry: registry)
    try pipeline.replace(
      "calls",
      with: ClosureSource { outlet in try await outlet.emit(EventFields(sequenceID: "call-1")) })
    try pipeline.replace("log", with: RecordingSink())
    var environment = RunEnvironment()
    environment.values.network = network
    let report = try await pipeline.run(in: environment)
    #expect(report.failures == [])
    #expect(report.injection?.accepted == 1)
    #expect(report.injection?.attempts == 3)
    #expect(
      network.lines.map { $0.split(separator: "/").last } == [
        "token", "tickets", "token", "tickets", "tickets",
      ])
    let tickets = network.requests.filter { $0.url.hasSuffix("/tickets") }
    #expect(Set(tickets.map { $0.headers.first("Idempotency-Key") }).count == 1)
    #expect(tickets.allSatisfy { $0.headers.first("Authorization") == "Bearer t" })
  }
}
