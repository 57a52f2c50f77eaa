import Foundation
import PatchbayTesting
import Testing

/// What a test gives a source that reads by a mapping.
@Suite(.needsProgram)
struct MappedTestTests {
  @Test func `raw lines are read by the source's mapping, and objects are events of ours`() throws {
    let folder = try TemporaryFolder.make()
    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    try write(
      "config.json",
      #"""
      {
        "connections": {
          "theirs": { "type": "mapping", "members": { "sequence_id": "nr", "state": "what" } }
        },
        "sources": { "log": { "type": "jsonl", "path": "x", "mapping": "theirs" } },
        "injectors": {
          "send": {
            "type": "http", "inputs": ["log"], "url": "https://x.example/e", "mapping": "theirs"
          }
        },
        "sinks": { "out": { "type": "jsonl", "inputs": ["send", "log.rejected"] } }
      }
      """#)
    try write(
      "x.test.json",
      #"""
      {
        "config": "config.json",
        "tests": [
          {
            "name": "both",
            "given": {
              "log": [
                "{\"nr\":1,\"what\":\"FREE\"}", { "sequence_id": "two", "state": "s" },
                "{\"foo\":1}"
              ]
            },
            "replies": { "POST https://x.example/e": [{ "status": 202, "lasting": true }] },
            "expect": {
              "outcomes": { "1": { "verdict": "accepted" }, "two": { "verdict": "accepted" } },
              "requests": {
                "POST https://x.example/e": {
                  "exactly": [
                    { "body": { "nr": "1", "what": "FREE" } }, { "body": { "nr": "two", "what": "s" } }
                  ]
                }
              },
              "sinks": { "out": { "count": 3 } }
            }
          }
        ]
      }
      """#)
    let result = try Program.run(["test", "x.test.json"], folder: folder)
    #expect(result.code == 0, "\(result.output) \(result.errors)")
  }
}
