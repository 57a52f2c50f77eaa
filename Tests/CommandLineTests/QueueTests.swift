import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Events that failed in one run are sent again by another, under the keys of the first.
@Suite(.needsProgram, .waitsForPrograms)
struct QueueTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  private func config(_ url: String) -> String {
    """
    { "name": "letters", "run": { "clock": "virtual" },
      "sources": { "file": { "type": "jsonl", "path": "in.jsonl" } },
      "injectors": { "send": {
        "type": "http", "inputs": ["file"], "url": "\(url)", "retry": { "attempts": 1 } } },
      "sinks": {
        "lines": { "type": "jsonl", "inputs": ["send"] },
        "dead": { "type": "dead-letter", "inputs": ["send.failed", "file.rejected"] } } }
    """
  }

  private static let key = "idempotency-key"

  private func keys(_ requests: [ReceivedRequest]) -> [String: String] {
    Dictionary(
      requests.map { request in
        let id = (try? JSONValue(parsing: request.body))?["sequence_id"]?.string ?? ""
        return (id, request.lines.first { $0.lowercased().hasPrefix(Self.key) } ?? "")
      }, uniquingKeysWith: { $0 == $1 ? $0 : "another key" })
  }

  @Test func `a letter has the event as it came, and is sent again with the same key`() async throws
  {
    // As nobody's writer would write it: its bytes make its id at some platforms.
    let odd = #"{"sequence_id":"b","state":"s","amount":1.50,"note":"\u00e9"}"#
    try write(#"{"sequence_id":"a","state":"s"}"# + "\n" + odd + "\n" + "no event\n", "in.jsonl")
    let isRefusing = FileManager.default
    let script = ScriptedEndpoint.answering { [folder] connection, _ in
      connection.answer(isRefusing.fileExists(atPath: folder + "/accept") ? 202 : 500)
    }
    try await ScriptedEndpoint.run(script) { endpoint in
      try write(config(endpoint.url + "/e"), "config.json")
      _ = try Program.run(["run"], folder: folder)
      let first = keys(endpoint.requests)
      let letters = try #require(try Program.runFile("dead-letters", in: folder))
      let lines = Program.text(letters).split(separator: "\n").map(String.init)
      #expect(lines.count == 3)
      let letter = try #require(lines.first { $0.contains(#""sequence_id":"b""#) })
      #expect(letter.hasSuffix(#","event":\#(odd)}"#))
      let value = try JSONValue(parsing: Array(letter.utf8))
      #expect(value["outcome"] == "failed" && value["code"] == "http.500")
      #expect(value["attempts"]?.integer == 1 && value["status"]?.integer == 500)
      #expect(value["config_sha256"]?.string?.count == 64)
      #expect(value["input"] == "in.jsonl" && value["line"]?.integer == 2)

      try write("", "accept")
      let dry = try Program.run(
        ["queue", "redrive", letters, "--where", "code=http.500", "--dry-run"], folder: folder)
      #expect(dry.code == 0)
      #expect(dry.output.hasPrefix("2 events of \(letters), of 1 run, in the place of file\n"))
      #expect(endpoint.requests.count == 2)
      let result = try Program.run(
        ["queue", "redrive", letters, "--where", "code=http.500"], folder: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("accepted................: 2 of 2"))
      #expect(endpoint.requests.count == 4)
      let both = keys(endpoint.requests)
      #expect(both == first && both.count == 2 && !both.values.contains(""))
      #expect(endpoint.requests.contains { String(decoding: $0.body, as: UTF8.self) == odd })
    }
  }

  @Test func `what is no letter, or no condition, is told by its place`() throws {
    try write(config("http://127.0.0.1:1/"), "config.json")
    try write("{\"event\":{}}\n", "letters")
    let noLetter = try Program.run(["queue", "redrive", "letters"], folder: folder)
    #expect(noLetter.code == 66)
    #expect(
      noLetter.errors == "patchbay: letters:1: no dead letter: expected a run's id in \"run_id\", "
        + "and its key in \"run_key\"\n")
    #expect(try Program.run(["queue", "redrive", "nowhere"], folder: folder).code == 66)
    let noField = try Program.run(
      ["queue", "redrive", "letters", "--where", "colour=red"], folder: folder)
    #expect(noField.code == 64 && noField.errors.contains("expected FIELD=VALUE"))
    try write("", "letters")
    let noSource = try Program.run(
      ["queue", "redrive", "letters", "--source", "desk"], folder: folder)
    #expect(
      noSource.code == 64 && noSource.errors.contains("there is no source desk; there is file"))
    #expect(try Program.run(["queue", "redrive", "letters"], folder: folder).code == 0)
  }
}
