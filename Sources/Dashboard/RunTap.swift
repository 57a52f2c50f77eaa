package import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Synchronization

/// Lets others look at what passes through a stage, without the run waiting for any of them.
///
/// So many events a second are shown at the most; who takes them more slowly misses some, and is told how many.
package final class RunTap: RunObserver {
  /// What somebody wants to see.
  package struct Request: Sendable, Equatable {
    package var stage: String
    /// What leaves by this port; nil for the main one, or what a sink has written.
    package var port: PortName?
    /// Values that members or the outcome must have, as texts.
    package var conditions: [Condition]

    package init(stage: String, port: PortName? = nil, conditions: [Condition] = []) {
      self.stage = stage
      self.port = port
      self.conditions = conditions
    }
  }

  /// A value that something must have.
  package struct Condition: Sendable, Equatable {
    /// What may be asked for.
    package enum Field: String, Sendable, CaseIterable {
      case sequenceID = "sequence_id"
      case interactionID = "interaction_id"
      case agentID = "agent_id"
      case state
      case eventType = "event_type"
      case outcome
      case status
    }

    package var field: Field
    package var value: String

    package init(_ field: Field, _ value: String) {
      self.field = field
      self.value = value
    }
  }

  /// How many events are shown to one reader within a tenth of a second.
  private static let budget = 100
  /// How many wait for a reader.
  private static let mostWaiting = 1_000

  fileprivate struct Reader {
    let request: Request
    let lines: AsyncStream<[UInt8]>.Continuation
    var writer = EventLineWriter()
    var tenth: Int64 = 0
    var spent = 0
    /// How many that were wanted weren't shown, since the last one that was.
    var missed = 0
  }

  private let readers = Mutex<[Int: Reader]>([:])
  private let last = Atomic(0)
  /// Whether anybody looks: what passes costs nothing then but this.
  private let isWatched = Atomic(false)

  package init() {}

  /// The events that somebody wants, a line of JSON each, until nobody takes them any more.
  package func lines(_ request: Request) -> AsyncStream<[UInt8]> {
    let number = last.add(1, ordering: .relaxed).newValue
    let (stream, lines) = AsyncStream.makeStream(
      of: [UInt8].self, bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    lines.onTermination = { [weak self] _ in self?.leave(number) }
    readers.withLock { $0[number] = Reader(request: request, lines: lines) }
    isWatched.store(true, ordering: .releasing)
    return stream
  }

  /// Ends all streams.
  package func end() {
    let all = readers.withLock { readers in
      defer { readers = [:] }
      return readers.values.map(\.lines)
    }
    for lines in all { lines.finish() }
  }

  private func leave(_ number: Int) {
    readers.withLock { readers in
      readers[number] = nil
      if readers.isEmpty { isWatched.store(false, ordering: .releasing) }
    }
  }

  package func stage(_ name: String, passed batch: EventBatch, by port: PortName) {
    show(batch, Array(batch.indices)) { $0.stage == name && ($0.port ?? .out) == port }
  }

  package func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {
    show(batch, positions) { $0.stage == name && $0.port == nil }
  }

  private func show(_ batch: EventBatch, _ positions: [Int], where wants: (Request) -> Bool) {
    guard isWatched.load(ordering: .acquiring) else { return }
    let tenth = MonotonicInstant.now.nanoseconds / 100_000_000
    readers.withLock { readers in
      for (number, reader) in readers where wants(reader.request) {
        readers[number]?.show(batch, positions, tenth, budget: Self.budget)
      }
    }
  }
}

extension RunTap.Reader {
  fileprivate mutating func show(
    _ batch: EventBatch, _ positions: [Int], _ tenth: Int64, budget: Int
  ) {
    if self.tenth != tenth { (self.tenth, spent) = (tenth, 0) }
    for index in positions where request.conditions.allSatisfy({ $0.holds(index, of: batch) }) {
      guard spent < budget else {
        missed += 1
        continue
      }
      spent += 1
      if missed > 0 {
        let note: JSONValue = ["missed": .integer(missed)]
        guard case .enqueued = lines.yield(Array("\(note.text())\n".utf8)) else {
          missed += 1
          continue
        }
        missed = 0
      }
      var line: [UInt8] = []
      // Our own shape can say every event.
      try? writer.write(index, of: batch, to: &line)
      if case .dropped = lines.yield(KnownSecrets.masked(line)) { missed += 1 }
    }
  }
}

extension RunTap.Condition {
  fileprivate func holds(_ index: Int, of batch: EventBatch) -> Bool {
    let event = batch[index]
    return switch field {
    case .sequenceID: batch.sequenceID(of: event) == value
    case .interactionID: batch.interactionID(of: event) == value
    case .agentID: batch.agentID(of: event) == value
    case .state: batch.state(of: event) == value
    case .eventType: batch.eventType(of: event) == value
    case .outcome: batch.outcome(at: index).kind.name == value
    case .status: String(batch.outcome(at: index).status) == value
    }
  }
}
