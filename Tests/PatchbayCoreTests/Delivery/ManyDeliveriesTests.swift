import PatchbayCore
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One batch may gather events of any number of emissions, as one of a correlator's keys does.
struct ManyDeliveriesTests {
  /// Counts how often anybody adds to a ledger.
  private final class Additions: Sendable {
    private let count = Atomic(0)

    var total: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
  }

  private func singles(_ count: Int, _ emission: Emission) async throws -> [TrackedBatch] {
    var singles: [TrackedBatch] = []
    for number in 0..<count { singles.append(try await emission.emit(number..<number + 1)) }
    return singles
  }

  private func merge(_ batches: ArraySlice<TrackedBatch>, _ emission: Emission) -> TrackedBatch {
    var merged = TrackedBatch(records: EventBatch(symbols: emission.symbols))
    for batch in batches { merged.append(contentsOf: batch) }
    return merged
  }

  @Test func `more than 65 535 emissions fit into one batch, and each is settled once`()
    async throws
  {
    let additions = Additions()
    let emission = Emission(ledger: DeliveryLedger(observe: { _ in additions.add() }))
    let merged = merge(try await singles(70_000, emission)[...], emission)
    #expect(merged.count == 70_000)
    #expect(additions.total == 70_000)
    merged.subset([69_999, 0]).settle(as: .failed)
    #expect(emission.ledger.counts.line == "70000 = 0 + 0 + 2 + 0")
    merged.settle(as: .delivered)
    #expect(emission.ledger.counts.line == "70000 = 69998 + 0 + 2 + 0")
    // Once for each emission, each part and each settlement of the whole.
    #expect(additions.total == 70_000 + 2 + 70_000)
  }

  @Test func `eight times as many are about eight times the work`() async throws {
    let emission = Emission()
    let all = try await singles(64_000, emission)
    let few = work { merge(all[..<8_000], emission).settle(as: .delivered) }
    let many = work { merge(all[...], emission).settle(as: .delivered) }
    // Were anything copied with each event, it would be 64 times the work.
    #expect(many < 24 * few)
  }

  /// The processor time that this thread takes for it, in nanoseconds.
  private func work(_ body: () -> Void) -> Int64 {
    let start = processorTime
    body()
    return processorTime - start
  }

  private var processorTime: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
