import PatchbayKit
import SQLiteSink

/// Gives the sink its batches while the run is being opened, since only a run has a context.
struct Load: Sink {
  static let type = "load"
  static let doc = "Feeds another sink."

  private var path = ""
  private var count = 0
  private var hasOutcomes = false

  init(_ options: NoOptions) {}

  init(path: String, count: Int, hasOutcomes: Bool) {
    self.path = path
    self.count = count
    self.hasOutcomes = hasOutcomes
  }

  mutating func open(_ context: StageContext) async throws {
    guard let type = PluginEntry.stages.first as? any Sink.Type else { return }
    try await drive(type, context)
  }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }

  private func drive<Target: Sink>(_ type: Target.Type, _ context: StageContext) async throws {
    var sink = Target(try Target.Options(["path": .string(path)]))
    try await sink.open(context)
    let start = MonotonicInstant.now
    var rows = RowMaker(symbols: context.symbols, hasOutcomes: hasOutcomes)
    var left = count
    while left > 0 {
      let batch = rows.batch(min(256, left))
      left -= batch.count
      guard try await sink.write(batch) == .all else { throw PipelineError("events were left") }
    }
    try await sink.finish(
      RunReport(
        run: RunSummary(
          id: context.runID, name: "benchmark", seed: 0, clock: "real",
          startedAt: context.startedAt, directory: "")))
    print(Double(start.elapsedNanoseconds) / 1e9)
  }
}
