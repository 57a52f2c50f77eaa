// A program that has a pipeline in it: the configuration's text comes from the program, one of its
// stages too, and closures stand where events come in and go out.

import Foundation
import PatchbayKit
import Synchronization

var registry = StageRegistry.general
try registry.load(OwnStages.self)

var pipeline = try Pipeline(
  json: """
    {
      "name": "embedded",
      "run": { "clock": "virtual", "seed": 7 },
      "sources": { "calls": { "type": "closure" } },
      "correlators": { "hours": { "type": "busy-hours", "inputs": ["calls"] } },
      "sinks": { "archive": { "type": "closure", "inputs": ["hours"] } },
      "thresholds": { "hours.peak": "<= 3" }
    }
    """, registry: registry)

let calls = ["09:05", "09:40", "09:59", "10:15", "14:00"]
try pipeline.replace(
  "calls",
  with: ClosureSource { outlet in
    for (number, time) in calls.enumerated() {
      try await outlet.emit(
        EventFields(sequenceID: "call-\(number + 1)", timestamp: "2026-01-30T\(time):00Z"))
    }
  })

let archived = Mutex<[String]>([])
try pipeline.replace(
  "archive",
  with: ClosureSink { batch -> Void in
    let ids = batch.indices.map { batch.sequenceID(of: batch[$0]) }
    archived.withLock { $0 += ids }
  })

let report = try await pipeline.run()
print("\(report.events.delivered) of \(report.events.emitted) events delivered")
print("archived: \(archived.withLock { $0 }.joined(separator: " "))")
for table in report.stages.flatMap(\.findings.tables) {
  for row in table.rows { print("\(row[0]) h: \(row[1])") }
}
for threshold in report.thresholds {
  print("\(threshold.metric) \(threshold.condition): \(threshold.passed ? "passed" : "failed")")
}
exit(report.exitCode.rawValue)
