import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// Every way out of the program, as the program itself lists them: sinks, commands and listeners.
///
/// One that isn't looked at here fails the test, so that none is added without.
@Suite(.needsProgram, .waitsForPrograms)
struct WaysOutTests {
  private static let secret = "w4ysout-s3cret"
  /// What would clear a line and write one that looks like the program's.
  private static let hostile = "\u{1B}[2K\rSimulation complete\u{202E}"

  // MARK: Sinks

  /// What each type of sink needs beside its inputs; nil for one whose output is sent to a program that is
  /// meant to have the events as they are.
  private static let sinks: [String: String?] = [
    "audit-json": "", "audit-log": "", "dead-letter": "", "jsonl": "", "stdout": "", "sqlite": "",
    "qa-http": #", "url": "sandbox""#,
    "syslog": #", "host": "127.0.0.1", "port": "PORT", "transport": "udp""#,
    "junit": #", "cases": ["thresholds", "transitions", "agents", "interactions"]"#,
    "ctrf": #", "cases": ["thresholds", "transitions", "agents", "interactions"]"#, "csv": "",
    "cloudevents-http": #", "url": "URL", "mode": "binary""#,
    "otlp-http": #", "url": "URL", "logs": "all""#, "subprocess": nil,
  ]

  private func types(_ kind: String) throws -> [String] {
    let listing = try Program.run(["stages", "--format", "json"])
    let entries = try JSONValue(parsing: listing.output).array ?? []
    return entries.filter { $0["kind"]?.string == kind }.compactMap { $0["type"]?.string }
  }

  private func config(sink: String, _ options: String) -> String {
    """
    {
      "run": { "clock": "virtual" },
      "sources": { "file": { "type": "jsonl", "path": "in.jsonl" } },
      "correlators": { "states": { "type": "state-machine", "inputs": ["file"] } },
      "sinks": {
        "way": { "type": "\(sink)", "inputs": ["states", "file.rejected"]\(options) },
        "off": {
          "type": "qa-http", "inputs": ["states"], "url": "", "headers": { "X-Key": "${SECRET}" }
        }
      }
    }
    """
  }

  @Test func `no sink lets a secret out, or drives a terminal`() async throws {
    let answers = ScriptedEndpoint.answering { connection, _ in connection.answer(200) }
    try await ScriptedEndpoint.run(answers) { endpoint in
      try checkSinks(endpoint)
      #expect(endpoint.requests.count >= 4)
      for request in endpoint.requests { #expect(!"\(request)".contains(Self.secret)) }
      for request in endpoint.requests {
        #expect(Data(request.body).range(of: Data(Self.secret.utf8)) == nil)
      }
    }
  }

  private func checkSinks(_ endpoint: ScriptedEndpoint) throws {
    for type in try types("sink") {
      guard let options = Self.sinks[type] else {
        Issue.record("a sink that no test looks at: \(type)")
        continue
      }
      guard let options else { continue }
      let folder = try TemporaryFolder.make()
      let receiver = try DatagramReceiver()
      let event: JSONValue = [
        "sequence_id": .string("one \(Self.hostile)"), "agent_id": "a", "interaction_id": "i",
        "state": .string("busy \(Self.secret)"), "note": .string(Self.secret),
      ]
      try "\(event.text())\n{ \(Self.secret)\n".write(
        toFile: folder + "/in.jsonl", atomically: true, encoding: .utf8)
      try config(
        sink: type,
        options.replacing("\"PORT\"", with: String(receiver.port)).replacing(
          "URL", with: endpoint.url)
      )
      .write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
      let result = try Program.run(["run"], folder: folder, environment: ["SECRET": Self.secret])
      #expect(result.code == 0, "\(type): \(result.errors)")
      for text in [result.output, result.errors] {
        #expect(!text.contains(Self.secret), "\(type)")
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(type): \(text)")
      }
      let files = FileManager.default.enumerator(atPath: folder + "/runs")?.allObjects ?? []
      for case let name as String in files {
        let content = FileManager.default.contents(atPath: "\(folder)/runs/\(name)") ?? Data()
        #expect(content.range(of: Data(Self.secret.utf8)) == nil, "\(type) in \(name)")
      }
      let datagrams = receiver.received()
      #expect(datagrams.isEmpty == (type != "syslog"))
      for datagram in datagrams { #expect(!datagram.contains(Self.secret)) }
    }
  }

  // MARK: Commands

  /// Arguments with which each command says something about a hostile text.
  private static let commands: [String: [[String]]] = [
    "run": [
      ["bad.json"], [hostile], ["--seed", hostile], ["good.json", "--resume", hostile],
      ["good.json"],
    ],
    "validate": [["bad.json"], [hostile], ["--\(hostile)"], ["good.json", "--format", "json"]],
    "plan": [["bad.json"], [hostile], ["good.json"], ["good.json", "--format", "json"]],
    "graph": [["bad.json"], [hostile], ["good.json"]],
    "doctor": [["bad.json"], [hostile], ["good.json"]],
    "test": [["bad.json"], [hostile], ["test.json"]],
    "init": [[hostile]], "stages": [[hostile]], "metrics": [[hostile]], "explain": [[hostile]],
    "schema": [[hostile]], "new-stage": [[hostile], ["sink", hostile]],
    "top": [[hostile], ["--directory", hostile], ["old"]],
    "tap": [
      [hostile], ["x.\(hostile)"], ["x", "--where", hostile], ["x", "--run", hostile],
      ["x", "--run", "old"],
    ],
    "runs": [
      ["--directory", hostile], ["--directory", "old"], ["--directory", "old", "--format", "json"],
    ],
    "report": [
      [hostile], ["last", "--directory", hostile], ["old", "--format", "text"], ["old"],
    ],
    "diff": [[hostile, hostile], ["old", "older"], ["old", "old", "--html", hostile + "/x"]],
    "look": [[hostile], ["table.csv"], ["events.jsonl"]],
    "audit": [
      ["verify", hostile], ["verify", "log", "--vkey", hostile],
      ["verify", "log", "--since", hostile], ["prove", hostile, "0"], ["prove", "log", hostile],
      ["show", hostile], ["show", "log"], ["show", "log", "--format", "json"],
      ["show", "log", "--outcome", hostile], ["show", "log", "--from", hostile],
      ["export", "log"], ["export", "log", "--format", "csv"],
      ["export", "log", "--format", "ocsf"],
    ],
    "queue": [
      ["check", hostile], ["check", "good.json", "--sink", hostile], ["check", "good.json"],
      ["repair", "good.json"], ["drain", "good.json"], ["drain", "bad.json"],
      ["redrive", hostile], ["redrive", "letters", "good.json", "--dry-run"],
      ["redrive", "letters", "good.json", "--where", hostile],
      ["redrive", "letters", "good.json", "--source", hostile],
    ],
    "sandbox": [
      ["--listen", hostile], ["--options", hostile], ["--seed-data", hostile],
      ["compare", hostile], ["compare", "events.jsonl"],
    ],
    "record": [
      ["--to", hostile, "out.jsonl"],
      ["--to", "http://127.0.0.1:9", "--listen", hostile, "out.jsonl"],
      ["--to", "http://127.0.0.1:9", hostile + "/out.jsonl"], ["--to", "mypurecloud.de", hostile],
    ],
  ]

  @Test func `no command lets a secret out, or drives a terminal`() throws {
    let help = try Program.run(["--experimental-dump-help"])
    let listed = try JSONValue(parsing: help.output)["command"]?["subcommands"]?.array ?? []
    let names = listed.compactMap { $0["commandName"]?.string }.filter { $0 != "help" }
    #expect(Set(names) == Set(Self.commands.keys))
    let folder = try TemporaryFolder.make()
    let good = config(sink: "jsonl", "").replacing(
      "\"in.jsonl\"", with: JSONValue.string("no \(Self.hostile)").text())
    let bad = good.replacing(
      "\"file.rejected\"", with: JSONValue.string("x \(Self.hostile)").text())
    let test: JSONValue = [
      "config": "good.json", "tests": [["name": "t", "only": [.string(Self.hostile)]]],
    ]
    for (name, text) in [("good", good), ("bad", bad), ("test", test.text())] {
      try text.write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
    }
    let name = Self.hostile.replacing("\r", with: " ")
    try "agent,call,start,end,\(name)\n\(name),\(name),2026-01-05 9:00,2026-01-05 9:05,\(name)\n"
      .write(toFile: folder + "/table.csv", atomically: true, encoding: .utf8)
    let event: JSONValue = [
      "agent": .string(Self.hostile), "state": .string(Self.hostile), "at": "2026-01-05T09:00:00Z",
      "\(Self.hostile) id": .string(Self.hostile),
    ]
    try "\(event.text())\n\(event.text().replacing("complete", with: "ready"))\n"
      .write(toFile: folder + "/events.jsonl", atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: folder + "/log", withIntermediateDirectories: false)
    let record: JSONValue = [
      "agent_id": .string(Self.hostile), "logged_at": "2026-01-01T00:00:00.000000000Z",
      "reason": .string(Self.hostile), "seq": 0, "state": .string(Self.hostile), "type": "event",
    ]
    try (record.text() + "\n").write(
      toFile: folder + "/log/audit.ndjson", atomically: true, encoding: .utf8)
    let letter: JSONValue = [
      "run_id": .string(Self.hostile), "run_key": "01a22992-4947-71b1-9f83-0dbeab881958",
      "outcome": .string(Self.hostile), "code": .string(Self.secret),
      "event": ["sequence_id": .string("\(Self.hostile) \(Self.secret)")],
    ]
    try letter.text().write(toFile: folder + "/letters", atomically: true, encoding: .utf8)
    try writeReports(in: folder)
    for (name, attempts) in Self.commands {
      for arguments in attempts {
        let result = try Program.run(
          [name] + arguments, folder: folder, environment: ["SECRET": Self.secret])
        for text in [result.output, result.errors] {
          #expect(!text.contains(Self.secret), "\(name) \(arguments)")
          #expect(!text.contains("\u{1B}") && !text.contains("\r"), "\(name) \(arguments): \(text)")
        }
      }
    }
  }

  /// Two reports of runs that somebody else wrote.
  private func writeReports(in folder: String) throws {
    for name in ["old", "older"] {
      let hostile: JSONValue = .string(Self.hostile + name)
      let report: JSONValue = [
        "schema_version": "1.1", "exit_code": 1,
        "run": [
          "id": "01a22992-4947-71b1-9f83-0dbeab881958", "name": hostile, "seed": "1",
          "clock": hostile,
          "ending": "completed", "started_at": "2026-01-01T00:00:00Z",
          "finished_at": "2026-01-01T00:00:01Z", "real_ns": 1,
        ],
        "events": ["emitted": 1, "delivered": 0, "rejected": 1, "failed": 0, "abandoned": 0],
        "stages": [
          [
            "name": hostile, "role": "correlator", "type": hostile, "received": 1,
            "metrics": ["\(Self.hostile)": 1], "notes": [hostile],
            "tables": [["title": hostile, "columns": [hostile], "rows": [[hostile]]]],
            "transitions": [["from": hostile, "to": hostile, "count": 1, "allowed": false]],
            "events": [
              [
                "found": hostile, "sequence_id": hostile, "agent_id": hostile,
                "interaction_id": hostile, "to": hostile, "timestamp": hostile, "reason": hostile,
              ]
            ],
          ]
        ],
        "thresholds": [["metric": hostile, "condition": hostile, "value": .null, "passed": false]],
        "failures": [hostile], "notices": [hostile], "leftovers": [hostile],
      ]
      let run = "\(folder)/\(name)/20260101_000000-01a22992-4947-71b1-9f83-0dbeab881958"
      try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
      for path in ["\(folder)/\(name)", run] {
        try report.text().write(toFile: path + "/report.json", atomically: true, encoding: .utf8)
      }
    }
  }

  // MARK: Listeners

  /// The types of connections that listen: the sandbox, and a login at the embedded one.
  private static let listeners = ["genesys-sandbox", "genesys-cloud"]

  @Test func `every listener has a policy`() throws {
    for type in try types("connection") {
      let folder = try TemporaryFolder.make()
      let sample = try Program.run(["stages", type, "--format", "json"])
      let required = try JSONValue(parsing: sample.output).array?.first?["options"]?.array ?? []
      let options = required.filter {
        $0["required"] == true && $0["name"]?.string?.contains(".") == false
      }.map { option in
        "\"\(option["name"]?.string ?? "")\": \(option["example"]?.text() ?? "\"x\"")"
      }
      let config = """
        {
          "connections": { "\(type == "genesys-sandbox" ? "sandbox" : "c")": { \((["\"type\": \"\(type)\""] + options).joined(separator: ", ")) } },
          "sources": { "desk": { "type": "scenario" } },
          "sinks": {
            "out": { "type": "stdout", "inputs": ["desk"] },
            "qa": { "type": "qa-http", "inputs": ["desk"], "url": "\(type == "genesys-sandbox" ? "sandbox" : "")" }
          }
        }
        """
      try config.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
      let plan = try Program.run(
        ["plan", "--format", "json"], folder: folder,
        environment: ["GENESYS_CLOUD_CLIENT_ID": "i", "GENESYS_CLOUD_CLIENT_SECRET": "s3cret-x"])
      try #require(!plan.output.isEmpty, "\(type): \(plan.errors)\(config)")
      let listens = try JSONValue(parsing: plan.output)["listens"]?.array?.isEmpty == false
      // ForeignPageTests and BrowserPageTests look at these.
      #expect(listens == Self.listeners.contains(type), "\(type): \(plan.output) \(plan.errors)")
    }
  }
}

/// A port that takes datagrams.
private struct DatagramReceiver {
  let port: Int
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = bind(descriptor, pointer, length)
        _ = getsockname(descriptor, pointer, &length)
      }
      return Int(UInt16(bigEndian: pointer.pointee.sin_port))
    }
  }

  /// What has come, and closes the port.
  func received() -> [String] {
    var texts: [String] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0 { break }
      texts.append(String(decoding: buffer.prefix(count), as: UTF8.self))
    }
    close(descriptor)
    return texts
  }
}
