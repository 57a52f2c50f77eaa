import Foundation
import PatchbayTesting
import Testing

/// Secrets in every place where one may stand, and everybody who is told one says it again: no output
/// and no file of any command has it.
@Suite(.needsProgram, .waitsForPrograms)
struct SecretEchoTests {
  private static let secrets = [
    "GC_SECRET": "gcs3cr3t-x/1\"ü", "API_TOKEN": "apit0ken-42", "QA_KEY": "qak3y-999",
    "CHILD_TOKEN": "childt0ken-77", "CHILD_KEY": "childk3y-88",
  ]

  private static func config(_ port: String, withLogin: Bool) -> String {
    let fixtures = Program.root.appending(path: "Tests/Fixtures/security").path
    let login = """
      "connections": { "g": { "type": "genesys-cloud", "region": "http://127.0.0.1:\(port)",
        "client_id": "cid", "client_secret": "${GC_SECRET}", "retry": { "attempts": 1 } } },
      "injectors": { "send": {
        "type": "genesys-events", "inputs": ["desk"], "connection": "g" } },
      """
    let plain = """
      "injectors": { "send": { "type": "http", "inputs": ["desk"],
        "url": "http://127.0.0.1:\(port)/x", "retry": { "attempts": 1 },
        "headers": { "Authorization": "Bearer ${API_TOKEN}" } } },
      """
    return """
      { "name": "echo", "run": { "clock": "virtual" }, \(withLogin ? login : plain)
        "sources": { "desk": { "type": "scenario", "agents": 1, "interactions_per_agent": 1 } },
        "sinks": {
          "audit": { "type": "audit-json", "inputs": ["send", "send.failed"] },
          "lines": { "type": "jsonl", "inputs": ["send.failed"] },
          "console": { "type": "stdout", "inputs": ["send", "send.failed"] },
          "qa": { "type": "qa-http", "inputs": ["send"], "url": "http://127.0.0.1:\(port)/q",
            "headers": { "X-Key": "${QA_KEY}" }, "retry": { "attempts": 1 } },
          "child": { "type": "subprocess", "inputs": ["desk"],
            "command": ["python3", "\(fixtures)/echo_child.py", "--token", "${CHILD_TOKEN}"],
            "environment": { "API_KEY": "${CHILD_KEY}" } } } }
      """
  }

  /// Every form in which a secret may come back.
  private static var forms: [String] {
    let basic = Data("cid:\(secrets["GC_SECRET"] ?? "")".utf8).base64EncodedString()
    return secrets.values.flatMap { secret in
      let json = (try? JSONEncoder().encode(secret)).map { String(decoding: $0, as: UTF8.self) }
      let query = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
      return [secret, json.map { String($0.dropFirst().dropLast()) }, query].compactMap { $0 }
    } + [basic]
  }

  @Test(arguments: [false, true])
  func `no output has one`(withLogin: Bool) throws {
    let folder = try TemporaryFolder.make()
    let server = Process()
    server.executableURL = URL(filePath: "/usr/bin/env")
    server.arguments = [
      "python3", Program.root.appending(path: "Tests/Fixtures/security/echo_server.py").path,
    ]
    let input = Pipe()
    server.standardInput = input
    // Whoever reads what the tests print waits for the last one who could.
    let output = Pipe()
    server.standardOutput = output
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer { try? input.fileHandleForWriting.close() }
    // Waits for the line, or for the server's end.
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.filter { !$0.isWhitespace }), "the server said \(line)")
    let config = Self.config("\(port)", withLogin: withLogin)
    try config.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    var outputs: [(what: String, text: String)] = []
    for command in ["run", "doctor", "plan", "validate", "graph"] {
      let formats =
        ["plan": ["text", "json"], "validate": ["text", "json", "sarif"]][command] ?? [""]
      for format in formats {
        let arguments =
          [command, "c.json"] + (format.isEmpty || format == "text" ? [] : ["--format", format])
        let result = try Program.run(arguments, folder: folder, environment: Self.secrets)
        let what = arguments.joined(separator: " ")
        outputs += [(what, result.output), (what, result.errors)]
      }
    }
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder + "/runs") {
      outputs.append((path, Program.text("\(folder)/runs/\(path)")))
    }
    for (what, text) in outputs {
      for form in Self.forms { #expect(!text.contains(form), "\(what): \(form)") }
      #expect(!text.contains("\u{1B}") && !text.contains("\nSimulation complete. \u{202E}"))
    }
    #expect(outputs.count >= 18)
    // And it was echoed.
    #expect(
      outputs.contains { $0.text.contains("Simulation complete. ") && $0.text.contains("<secret>") }
    )
  }
}
