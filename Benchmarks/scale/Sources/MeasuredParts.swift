import ContactCenter
import CoreMetrics
import Foundation
import Logging
import PatchbayCore
import PatchbayKit
import PatchbayRuntime
import Synchronization

/// Parts of the runtime that the program can't be asked for by a configuration, for `make bench`.
///
/// - `measured-parts hop SIZE EVENTS`: batches of so many events through one channel, from task to task;
///   with `settled` in place of `hop` each is emitted by a source's outlet and settled behind it.
/// - `measured-parts run CONFIG SIZE`: a configuration, with batches of up to so many events; with
///   `metered` in place of `run` every metric is counted.
///
/// The first two print the nanoseconds that passed for an event; the caller measures the others.
@main
struct MeasuredParts {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("hop SIZE EVENTS, settled SIZE EVENTS, run CONFIG SIZE or metered CONFIG SIZE")
      return
    }
    switch arguments[1] {
    case "run": try await run(arguments[2], size: Int(arguments[3]), NOOPMetricsHandler.instance)
    case "metered": try await run(arguments[2], size: Int(arguments[3]), Counting())
    case let work:
      let hop = Hop(size: Int(arguments[2]) ?? 1, events: Int(arguments[3]) ?? 0)
      print(try await work == "settled" ? hop.settled() : hop.records())
    }
  }

  private static func run(
    _ config: String, size: Int?, _ metrics: any MetricsFactory
  ) async throws {
    var registry = StageRegistry.general
    try registry.load(ContactCenterModule.self)
    var environment = RunEnvironment(
      logger: Logger(label: "measured-parts", factory: { _ in SwiftLogNoOpLogHandler() }),
      metrics: metrics)
    if let size { environment.batchSize = size }
    let pipeline = try Pipeline(contentsOf: config, registry: registry)
    let report = try await pipeline.makeRun(in: environment).run()
    exit(Int32(report.exitCode.rawValue))
  }
}

/// Batches that go from one task to another.
private struct Hop {
  private let batch: EventBatch
  private let count: Int
  private let channel: Channel

  init(size: Int, events: Int) {
    var batch = EventBatch(symbols: SymbolTable())
    for number in 0..<size {
      batch.append(
        EventFields(
          sequenceID: "seq-\(number)", timestamp: "2026-01-01T00:00:00Z", interactionID: "i",
          agentID: "a", state: "s", eventType: "t"), intended: Timestamp(nanoseconds: 0))
    }
    self.batch = batch
    count = max(1, events / size)
    channel = Channel(clock: RealClock(), batchSize: size, senders: 1)
  }

  /// Events whose fate nobody asks for.
  func records() async -> Double {
    await measured { [batch, count, channel] in
      for _ in 0..<count { _ = await channel.send(TrackedBatch(records: batch)) }
    }
  }

  /// Events that are accounted for one by one.
  func settled() async throws -> Double {
    let outlet = SourceOutlet(
      symbols: batch.symbols, clock: RealClock(), batchSize: batch.count,
      destination: SourceOutlet.Destination(
        ledger: DeliveryLedger(), main: { [channel] in _ = await channel.send($0) },
        rejected: { _ in }))
    return await measured { [batch, count] in
      for _ in 0..<count { _ = try? await outlet.emit(batch) }
    }
  }

  private func measured(_ send: @escaping @Sendable () async -> Void) async -> Double {
    let start = MonotonicInstant.now
    await withDiscardingTaskGroup { group in
      group.addTask { [channel] in
        await send()
        channel.close()
      }
      group.addTask { [channel] in
        while case .batch(let batch) = await channel.next() { batch.settle(as: .delivered) }
      }
    }
    return Double(start.elapsedNanoseconds) / Double(count * batch.count)
  }
}

/// A backend that adds up what it is told.
private struct Counting: MetricsFactory {
  private final class Sum: CounterHandler, RecorderHandler, TimerHandler, Sendable {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }
    func record(_ value: Int64) { increment(by: value) }
    func record(_ value: Double) { increment(by: Int64(value)) }
    func recordNanoseconds(_ duration: Int64) { increment(by: duration) }
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { Sum() }
  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler { Sum() }
  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { Sum() }
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}
}
