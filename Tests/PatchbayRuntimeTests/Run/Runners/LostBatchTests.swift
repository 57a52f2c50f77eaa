import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A stage that comes back with another batch than it was given is named, and its events are settled.
struct LostBatchTests {
  /// What a stage does to its second batch.
  enum Fault: CaseIterable, Sendable {
    case dropsAll
    case makesAnother
    case returnsTheFirst
    case adds
  }

  /// Does it, for any role.
  private final class Swapper: Sendable {
    private let fault: Fault
    private let batches = Mutex<[EventBatch]>([])

    init(_ fault: Fault) { self.fault = fault }

    func judge(_ batch: inout EventBatch) {
      let seen = batches.withLock { batches in
        batches.append(batch)
        return batches
      }
      if seen.count == 2 {
        switch fault {
        case .dropsAll: batch = EventBatch(symbols: batch.symbols)
        case .makesAnother:
          var other = EventBatch(symbols: batch.symbols)
          for index in batch.indices {
            other.append(batch.fields(of: batch[index]), intended: Timestamp(nanoseconds: 0))
          }
          batch = other
        case .returnsTheFirst: batch = seen[0]
        case .adds: batch.append(batch[0])
        }
      }
      for index in batch.indices { batch.judge(index, Outcome(.accepted, attempts: 1)) }
    }
  }

  private struct SwappingValidator: Validator {
    static let type = "swapping"
    static let doc = "Swaps its second batch."
    private let swapper: Swapper
    init(_ options: NoOptions) { swapper = Swapper(.dropsAll) }
    init(_ swapper: Swapper) { self.swapper = swapper }
    mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict { .accept }
    mutating func validate(_ batch: inout EventBatch) { swapper.judge(&batch) }
  }

  private struct SwappingAsyncValidator: AsyncValidator {
    static let type = "swapping-waiting"
    static let doc = "Swaps its second batch."
    private let swapper: Swapper
    init(_ options: NoOptions) { swapper = Swapper(.dropsAll) }
    init(_ swapper: Swapper) { self.swapper = swapper }
    mutating func validate(_ batch: inout EventBatch) async throws { swapper.judge(&batch) }
  }

  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func expect(
    _ fault: Fault, _ path: String, _ add: (inout TestPipeline, Swapper) -> Void
  ) async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for start in [0, 4, 8] {
          _ = try await outlet.emitTogether(start..<start + 4).settlements()
        }
      })
    add(&pipeline, Swapper(fault))
    pipeline.add("sink", sink, inputs: ["swap"])
    let report = try await pipeline.run()
    #expect(report.events.line == "12 = 8 + 0 + 4 + 0")
    let what =
      fault == .adds
      ? "added events to the batch it was given"
      : "put another batch in the place of the one it was given"
    #expect(
      report.failures == ["\(path): \(what), so 4 events are lost; that is a bug in it"])
    #expect(report.exitCode == .failure)
    #expect(sink.record.ids == ([0, 1, 2, 3, 8, 9, 10, 11].map { "test-\($0)" }))
  }

  @Test(arguments: Fault.allCases)
  func `a validator is named`(fault: Fault) async throws {
    try await expect(fault, "validators.swap") { pipeline, swapper in
      pipeline.add("swap", SwappingValidator(swapper), inputs: ["source"])
    }
  }

  @Test(arguments: Fault.allCases)
  func `a validator that waits is named`(fault: Fault) async throws {
    try await expect(fault, "validators.swap") { pipeline, swapper in
      pipeline.add("swap", SwappingAsyncValidator(swapper), inputs: ["source"])
    }
  }

  @Test(arguments: Fault.allCases)
  func `an injector is named`(fault: Fault) async throws {
    try await expect(fault, "injectors.swap") { pipeline, swapper in
      pipeline.add(
        "swap",
        ClosureInjector(InjectorCapacity(calls: 1, eventsPerCall: 4)) { batch, _ in
          swapper.judge(&batch)
        }, inputs: ["source"])
    }
  }
}
