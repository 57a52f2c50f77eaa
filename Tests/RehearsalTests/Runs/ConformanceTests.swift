import AuditLog
import ContactCenter
import Foundation
import GenesysCloud
import GenesysNotifications
import GenesysSandbox
import HTTPDelivery
import HTTPStages
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayStages
import PatchbayTesting
import Testing

/// Every stage of the product keeps the contract of its role.
struct ConformanceTests {
  /// A stage's options in one of the examples.
  private func options(_ stage: String, of example: String) throws -> JSONValue {
    let text = FileManager.default.contents(atPath: "\(Repository.root.path)/Examples/\(example)")
    let config = try JSONValue(parsing: Array(text ?? Data()))
    let options = config["sources"]?[stage]?.object ?? []
    return .object(
      options.filter { $0.name != "type" }.map { member in
        guard member.name == "path", let path = member.value.string else { return member }
        return .init("path", .string("\(Repository.root.path)/\(path)"))
      })
  }

  @Test func `jsonl, as a sink`() async {
    let problems = await Conformance(JSONLinesSink.self, options: ["file": "out.jsonl"]).problems(
      kept: { directory in
        let bytes = try InputFile.contents(of: directory.path(of: "out.jsonl"), upTo: 1 << 24)
        return try bytes.split(separator: 0x0A).map { line in
          try JSONValue(parsing: Array(line))["sequence_id"]?.string ?? ""
        }
      })
    #expect(problems == [])
  }

  @Test(arguments: ["text", "json"])
  func stdout(format: String) async {
    let check = Conformance(StandardOutputSink.self, options: ["format": .string(format)])
    #expect(await check.problems() == [])
  }

  @Test func `dead-letter`() async {
    #expect(await Conformance(DeadLetterSink.self).problems() == [])
  }

  @Test func `audit-json`() async {
    #expect(await Conformance(AuditJSONSink.self).problems() == [])
  }

  @Test func `qa-http`() async {
    var check = Conformance(QAHTTPSink.self, options: ["url": "http://qa.example.com/"])
    check.values.network = ScriptedNetwork.agreeable
    #expect(await check.problems() == [])
  }

  @Test func `jsonl, as a source`() async throws {
    let options = try options("file", of: "jsonl/config.json")
    #expect(await Conformance(JSONLinesSource.self, options: options).problems() == [])
  }

  @Test func `stdin`() async throws {
    var check = Conformance(StandardInputSource.self)
    check.input = try InputFile.contents(
      of: Repository.root.path + "/Examples/jsonl/events.jsonl", upTo: 1 << 20)
    #expect(await check.problems() == [])
  }

  @Test func `scenario`() async {
    #expect(await Conformance(ScenarioSource.self).problems() == [])
  }

  @Test func `call-log`() async throws {
    let options = try options("log", of: "call-log/config.json")
    #expect(await Conformance(CallLogSource.self, options: options).problems() == [])
  }

  @Test func `records`() async {
    let options: JSONValue = [
      "path": .string("\(Repository.root.path)/Tests/Fixtures/field/call-dataset/calls.csv"),
      "fields": [
        "agent": "Agent", "call": "Call Id", "offered": ["Date", "Time"],
        "wait": "Speed of answer in seconds", "talk": "AvgTalkDuration",
      ],
      "served": ["field": "Answered (Y/N)", "is": "Y"], "time_format": "M/d/yyyy H:mm:ss",
    ]
    #expect(await Conformance(RecordsSource.self, options: options).problems() == [])
  }

  @Test func `interaction-event`() async {
    #expect(await Conformance(InteractionEventValidator.self).problems() == [])
  }

  @Test func `state-machine`() async {
    let check = Conformance(StateMachineCorrelator.self, options: ["machine": "agent-desktop"])
    #expect(await check.problems() == [])
  }

  @Test func `http`() async {
    var check = Conformance(HTTPInjector.self, options: ["url": "http://crm.example.com/events"])
    check.values.network = ScriptedNetwork.agreeable
    #expect(await check.problems() == [])
  }

  @Test func `genesys-workspace`() async throws {
    var check = Conformance(GenesysWorkspaceInjector.self, options: ["connection": "genesys"])
    check.connections = try Self.connections()
    #expect(await check.problems() == [])
  }

  @Test func `genesys-events`() async throws {
    var check = Conformance(GenesysEventsInjector.self, options: ["connection": "genesys"])
    check.connections = try Self.connections()
    #expect(await check.problems() == [])
  }

  @Test func `genesys-notifications`() async throws {
    var check = Conformance(
      GenesysNotificationsSource.self,
      options: ["connection": "genesys", "users": ["7f6b0d54-0000-4000-8000-000000000001"]])
    check.connections = try Self.connections()
    #expect(await check.problems(ends: false) == [])
  }

  private static func connections() throws -> [String: any Connection] {
    [
      "sandbox": SandboxConnection(try SandboxOptions(["rate_limit": "off"])),
      "genesys": GenesysConnection(
        try GenesysConnection.Options(["client_id": "sandbox", "client_secret": "sandbox"])),
    ]
  }
}
