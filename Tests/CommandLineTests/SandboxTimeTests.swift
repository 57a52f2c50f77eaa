import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// What the sandbox does by itself keeps to the run's clock.
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
    var told: Set<Data> = []
    for _ in 0..<3 {
      let result = try Program.run(["run"], folder: folder)
      #expect(result.code == 0, "\(result.errors)")
      let output = Program.text(result.output)
      #expect(output.contains("platform events refused..: 0"), "\(output)")
      let runs = try FileManager.default.contentsOfDirectory(atPath: folder + "/runs").sorted()
      let last = try #require(runs.last)
      told.insert(try Data(contentsOf: URL(filePath: "\(folder)/runs/\(last)/told.jsonl")))
    }
    #expect(told.count == 1)
  }
}
