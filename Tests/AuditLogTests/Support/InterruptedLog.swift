import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A run that is ended in its middle, and the log that it leaves.
struct InterruptedLog {
  static let count = 700

  let run: String
  private let pipeline: TestPipeline

  /// Runs until so many events were written.
  init(endingAt end: Int = 600, _ request: StopControl.Request = .abort) async throws {
    var pipeline = TestPipeline(
      directory: try TemporaryFolder.make(), options: ["clock": "virtual", "journal": true])
    pipeline.add("source", RepeatedSource(count: Self.count))
    pipeline.add("audit", AuditLogSink(try .init(["seal_records": 100])), inputs: ["source"])
    self.pipeline = pipeline
    let control = pipeline.control
    let stop = StopAfter(end) { control.request(request, ending: .stopped) }
    let first = try pipeline.makeRun { $0.observers = [stop] }
    run = first.directoryPath
    let report = await first.run()
    #expect(report.run.canBeResumed)
  }

  var folder: LogFolder { LogFolder(path: run + "/audit") }

  /// Goes on with it to its end.
  func goOn() async throws -> RunReport {
    try await pipeline.makeRun(goingOnWith: run).run()
  }

  func lines() throws -> [[UInt8]] {
    try InputFile.contents(of: folder.records, upTo: 1 << 24)
      .split(separator: 0x0A).map { Array($0) }
  }
}

/// Does something once when sinks have written so many events.
private final class StopAfter: RunObserver {
  private let count = Mutex(0)
  private let end: Int
  private let stop: @Sendable () -> Void

  init(_ end: Int, _ stop: @escaping @Sendable () -> Void) {
    self.end = end
    self.stop = stop
  }

  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {
    let isReached = count.withLock { count in
      let before = count
      count += positions.count
      return before < end && count >= end
    }
    if isReached { stop() }
  }
}

/// Emits the same numbered events each time.
private struct RepeatedSource: Source {
  static let type = "repeated"
  static let doc = "Emits numbered events."
  var repeatsItself: Bool { true }
  private var count = 0

  var reach: StageReach { .context }

  init(count: Int) { self.count = count }
  init(_ options: NoOptions) {}

  mutating func run(emitting outlet: SourceOutlet) async throws {
    for number in 0..<count { try await outlet.emit(.sample(number, agent: number % 5)) }
  }
}
