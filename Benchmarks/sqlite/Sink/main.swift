// Drives the SQLite sink without a network: `sink DATABASE EVENTS [outcomes]`.
//
// Makes the same rows as bare.c, in batches of 256, and prints the seconds that making and writing
// them took.

import Foundation
import PatchbayKit

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = Int(arguments[2]) else {
  FileHandle.standardError.write(Data("usage: sink DATABASE EVENTS [outcomes]\n".utf8))
  exit(64)
}
var options = RunOptions()
options.directory = arguments[1] + ".runs"
var pipeline = Pipeline(name: "benchmark", options: options)
pipeline.add("one", ClosureSource { try await $0.emit(EventFields(sequenceID: "0")) })
pipeline.add(
  "load",
  Load(path: arguments[1], count: count, hasOutcomes: arguments.dropFirst(3).first == "outcomes"),
  inputs: ["one"])
let report = try await pipeline.run()
for failure in report.failures { print(failure) }
exit(report.exitCode.rawValue)
