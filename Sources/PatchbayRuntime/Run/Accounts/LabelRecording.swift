import PatchbayCore
import Synchronization

/// Latencies told apart by a state or an endpoint, in fixed memory.
struct LabelRecording: Sendable {
  private struct Pair: Sendable {
    let value: String
    var latency = DurationRecorder(.two)
    var response = DurationRecorder(.two)
  }

  private let room: LabelRoom
  private var pairs: [Pair] = []
  private var places: [Symbol: Int] = [:]

  /// - Parameter room: which values are told apart.
  init(_ room: LabelRoom) { self.room = room }

  /// How much memory the histograms take, in bytes.
  var bytes: Int { pairs.reduce(0) { $0 + $1.latency.bytes + $1.response.bytes } }

  /// Adds an event's times under the text of a symbol.
  mutating func add(
    _ symbol: Symbol, in batch: borrowing EventBatch, latency: Int64?, response: Int64?
  ) {
    let place = place(of: symbol, in: batch)
    if let latency { pairs[place].latency.record(latency) }
    if let response { pairs[place].response.record(response) }
  }

  private mutating func place(of symbol: Symbol, in batch: borrowing EventBatch) -> Int {
    if let known = places[symbol] { return known }
    // A text that only its batch knows isn't one that a pipeline is about.
    let isKnown = !symbol.isLocal && symbol != .missing
    let value = isKnown ? room.value(batch.text(symbol)) : LabelledLatency.other
    let place = place(of: value)
    // The table of symbols is bounded, and so is this.
    if isKnown { places[symbol] = place }
    return place
  }

  private mutating func place(of value: String) -> Int {
    if let place = pairs.firstIndex(where: { $0.value == value }) { return place }
    pairs.append(Pair(value: value))
    return pairs.count - 1
  }

  /// What was recorded, by value.
  var latencies: [LabelledLatency] {
    pairs.sorted { $0.value < $1.value }.map { pair in
      var labelled = LabelledLatency(pair.value)
      labelled.latency = pair.latency.distribution
      labelled.response = pair.response.distribution
      return labelled
    }
  }
}

/// Which states or endpoints of a run are told apart: those that thresholds name, and the first that come.
final class LabelRoom: Sendable {
  /// How many of them there are; whatever comes after them is counted together.
  private static let most = 24

  private let values: Mutex<Set<String>>

  /// - Parameter named: what has its place in any case.
  init(_ named: Set<String>) { values = Mutex(named) }

  /// A value if it is told apart, else the name for all the others.
  func value(_ text: String) -> String {
    values.withLock { values in
      if values.contains(text) { return text }
      guard values.count < Self.most else { return LabelledLatency.other }
      values.insert(text)
      return text
    }
  }
}
