import PatchbayCore
import Synchronization

/// What lies outside the pipeline, and outlives its process: a queue, a target, a system that takes records.
final class World: Sendable {
  private struct State {
    /// The next event of the queue, which gives each once.
    var next = 0
    /// Events that the queue was told are done with.
    var acknowledged: Set<String> = []
    /// By which keys each event was sent.
    var effects: [String: Set<String>] = [:]
    /// How often each event was sent.
    var sendings: [String: Int] = [:]
    /// How often each event came to the far system.
    var far: [String: Int] = [:]
    /// Whether the process that talks is dead, so that nothing of it arrives any more.
    var isCut = false
  }

  private let state = Mutex(State())

  var acknowledged: Set<String> { state.withLock { $0.acknowledged } }
  var effects: [String: Set<String>] { state.withLock { $0.effects } }
  var far: [String: Int] { state.withLock { $0.far } }

  /// Nothing arrives any more, or everything again.
  func cut(_ isCut: Bool) { state.withLock { $0.isCut = isCut } }

  /// The number of the next event; nil behind the last.
  func take(of count: Int) -> Int? {
    state.withLock { state in
      guard state.next < count, !state.isCut else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func acknowledge(_ id: String) {
    state.withLock { state in
      if !state.isCut { state.acknowledged.insert(id) }
    }
  }

  /// Takes an event under a key: a second time under the same has no effect.
  ///
  /// - Returns: how often it came.
  func apply(_ id: String, key: String) -> Int {
    state.withLock { state in
      if state.isCut { return 0 }
      state.effects[id, default: []].insert(key)
      state.sendings[id, default: 0] += 1
      return state.sendings[id] ?? 0
    }
  }

  func takeFar(_ ids: [String]) {
    state.withLock { state in
      if !state.isCut { for id in ids { state.far[id, default: 0] += 1 } }
    }
  }
}
