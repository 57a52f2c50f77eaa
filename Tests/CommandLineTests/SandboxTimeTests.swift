import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// What the sandbox does by itself keeps to the run's clock.
@Suite(.needsProgram, .waitsForPrograms)
struct SandboxTimeTests {
  @Test func `on the virtual clock, time passes for work alone`() throws {
    let folder = try TemporaryFolder.make()
    let users = (1...5).map { #"{"id": "00000000-0000-4000-8000-00000000000\#($0)"}"# }
    let queue = "ba484b49-7518-4a14-b84d-57e3e3df1baa"
    try """
    {"users": [\(users.joined(separator: ", "))], "queues": [{"id": "\(queue)", "name": "Support",
      "after_call_work": "timeout", "after_call_work_time": "120s"}]}
    """.write(toFile: folder + "/organization.json", atomically: true, encoding: .utf8)
    try """
    {"run": {"clock": "virtual"},
     "connections": {
       "sandbox": {"type": "genesys-sandbox", "seed_data": "organization.json", "rate_limit": "off"},
       "genesys": {"type": "genesys-cloud", "region": "sandbox", "client_id": "sandbox",
         "client_secret": "sandbox"}},
     "sources": {"desk": {"type": "scenario", "machine": "genesys-cloud", "interactions_per_agent": 3,
       "users_file": "organization.json", "dwell": "5s"}},
     "injectors": {"platform": {"type": "genesys-events", "inputs": ["desk"],
       "connection": "genesys", "queue_id": "\(queue)"}},
     "sinks": {"told": {"type": "jsonl", "inputs": ["platform"]}}}
    """.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    var told: Set<[String]> = []
    for _ in 0..<3 {
      let result = try Program.run(["run"], folder: folder)
      #expect(result.code == 0, "\(result.errors)")
      let report = try #require(try Program.runFile("report.json", in: folder))
      let stages = try JSONValue(parsing: Program.text(report))["stages"]?.array ?? []
      let platform = try #require(stages.first { $0["name"]?.string == "platform" })
      #expect(platform["metrics"]?["platform_events_refused"]?.integer == 0)
      let events = try #require(try Program.runFile("events.jsonl", in: folder))
      // How long the answers took is measured, and never the same twice.
      told.insert(
        Program.text(events).split(separator: "\n").map { line in
          String(line.prefix(upTo: line.range(of: #","outcome""#)?.lowerBound ?? line.endIndex))
        })
    }
    #expect(told.count == 1)
    #expect(told.first?.isEmpty == false)
  }
}
