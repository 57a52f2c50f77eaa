import Foundation
import Logging
import PatchbayCore
import PatchbayJSON
import PatchbayKit
import PatchbayRuntime
import PatchbayTesting
import SubprocessStages
import Synchronization

/// A run of 2 000 events, in batches of 200, into the program of the tests, and into another sink.
struct ChildRun {
  /// What a run left.
  struct Result {
    let report: RunReport
    /// The ids of the events that the program had written when it answered, each as often as it did.
    let answered: [String]
    /// The ids of the events that the run settled as written.
    let settled: [String]
    /// How often the program was started.
    let starts: Int
    /// What the program greeted with.
    let hello: [String]
    let log: [String]
    /// What the sink beside it was given.
    let others: Int

    /// The failures, without how often each came.
    var failures: [String] {
      report.failures.map { $0.replacing(#/ \(\d+ times\)$/#, with: "") }
    }
  }

  static let child = "Tests/Fixtures/subprocess/child.py"
  static let count = 2_000

  let folder: String
  var command: [String]
  var options: [JSONValue.Member] = []

  init(_ mode: String, in folder: String) {
    self.folder = folder
    command = [Self.python, Self.root + Self.child, mode, folder]
  }

  /// The options, as in a configuration, with more patience than the busiest machine needs.
  var json: JSONValue {
    var members = [JSONValue.Member("command", .array(command.map { .string($0) }))] + options
    if !options.contains(where: { $0.name == "timeout" }) {
      members.append(.init("timeout", "300s"))
    }
    return .object(members)
  }

  func run(events: Int = Self.count) async throws -> Result {
    let observer = WriteObserver()
    let log = LogRecord()
    var runOptions = RunOptions()
    runOptions.clock = .virtual
    runOptions.directory = folder + "/runs"
    var pipeline = Pipeline(name: "children", options: runOptions)
    pipeline.add("source", Self.source(events: events))
    pipeline.add(
      "child", SubprocessSink(try SubprocessSink.Options(json)), inputs: ["source"])
    let others = RecordingSink()
    pipeline.add("other", others, inputs: ["source"])
    var environment = RunEnvironment(logger: log.logger)
    environment.observers = [observer]
    let report = try await pipeline.run(in: environment)
    return Result(
      report: report, answered: lines("answered"), settled: observer.ids,
      starts: lines("starts").count, hello: lines("hello"), log: log.messages,
      others: others.record.ids.count)
  }

  /// Too large for batches to be joined on their way.
  static let batchSize = 200

  /// Emits them.
  static func source(events: Int) -> ClosureSource {
    ClosureSource { outlet in
      for start in stride(from: 0, to: events, by: batchSize) {
        var batch = outlet.makeBatch()
        for number in start..<min(start + batchSize, events) {
          batch.append(.sample(number), intended: Timestamp(nanoseconds: 0))
        }
        try await outlet.emit(batch)
      }
    }
  }

  func lines(_ name: String) -> [String] {
    guard let bytes = try? InputFile.contents(of: "\(folder)/\(name)", upTo: 1 << 24) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Python, by its name or, where `make` has one for the tests, by its path.
  static let python = ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] ?? "python3"

  static let root = #filePath.replacing(#/Tests/SubprocessStagesTests/.*/#, with: "")
}

/// Notes what sinks are said to have written.
final class WriteObserver: RunObserver {
  private let written = Mutex<[String]>([])

  var ids: [String] { written.withLock { $0 } }

  func injector(_ name: String, judged batch: EventBatch) {}

  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {
    guard name == "child" else { return }
    let ids = positions.map { batch.sequenceID(of: batch[$0]) }
    written.withLock { $0 += ids }
  }

  func stage(_ name: String, ended stage: any Stage) {}
}
