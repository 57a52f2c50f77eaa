// Drives the subprocess sink: `sink CHILD EVENTS BATCH BYTES WINDOW`.
//
// Emits events of so many bytes as JSON lines in batches of that size, and prints the seconds from
// the first event to the last acknowledgement.

import Foundation
import PatchbayKit
import SubprocessStages

let arguments = CommandLine.arguments
let numbers = arguments.dropFirst(2).compactMap(Int.init)
guard arguments.count == 6, numbers.count == 4 else {
  FileHandle.standardError.write(Data("usage: sink CHILD EVENTS BATCH BYTES WINDOW\n".utf8))
  exit(64)
}
let (child, count, size, bytes, window) = (
  arguments[1], numbers[0], numbers[1], numbers[2], numbers[3]
)

/// An event whose line has `bytes` bytes, its end included.
@Sendable
func event(_ number: Int) -> EventFields {
  let bare = 90
  let filler = String(repeating: "x", count: max(0, bytes - bare))
  return EventFields(
    sequenceID: "e-\(10_000_000 + number)", agentID: "a-17", state: "busy", eventType: "state",
    attributes: "{\"f\":\"\(filler)\"}")
}

var registry = StageRegistry.general
try registry.load(SubprocessStagesModule.self)
var pipeline = try Pipeline(
  json: """
    {
      "name": "benchmark",
      "run": { "directory": "\(NSTemporaryDirectory())/subprocess-benchmark" },
      "sources": { "load": { "type": "closure" } },
      "sinks": {
        "child": {
          "type": "subprocess", "inputs": ["load"], "window": \(window),
          "command": ["python3", "\(child)"]
        }
      }
    }
    """, registry: registry)
try pipeline.replace(
  "load",
  with: ClosureSource { outlet in
    var batch = outlet.makeBatch()
    for number in 0..<size { batch.append(event(number), intended: Timestamp(nanoseconds: 0)) }
    for _ in 0..<(count / size) { try await outlet.emit(batch) }
  })
let report = try await pipeline.run()
for failure in report.failures { print(failure) }
guard report.events.delivered == count else { exit(1) }
print(Double(report.run.realNanoseconds) / 1e9)
