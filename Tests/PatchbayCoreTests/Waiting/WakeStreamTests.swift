import PatchbayCore
import Synchronization
import Testing

/// The word to go on reaches the one task that waits for it, once, also when it is being cancelled.
struct WakeStreamTests {
  /// Something to wait for: a count of words, and whether somebody waits for one.
  private final class Counter: Sendable {
    private let state = Mutex<(words: Int, isAwaited: Bool)>((0, false))
    private let stream: WakeStream

    init(_ clock: VirtualClock) { stream = WakeStream(clock: clock) }

    func add() {
      let wakes = state.withLock { state in
        defer { state.isAwaited = false }
        state.words += 1
        return state.isAwaited
      }
      if wakes { stream.wake() }
    }

    /// Takes a word, waiting for it; nil if the task is cancelled.
    func take() async -> Int? {
      while true {
        let taken = state.withLock { state -> Int? in
          if state.words == 0 { state.isAwaited = true }
          if state.words == 0 { return nil }
          state.words -= 1
          return state.words
        }
        if let taken { return taken }
        let wasWoken = await stream.wait(orWithdraw: {
          state.withLock { state in
            defer { state.isAwaited = false }
            return state.isAwaited
          }
        })
        if !wasWoken { return nil }
      }
    }
  }

  private let script = ClockScript()
  private let counter: Counter

  init() { counter = Counter(script.clock) }

  @discardableResult
  private func startTaker(_ name: String, words: Int = 1) -> Task<Void, Never> {
    script.start(name) { [counter] _ in
      for _ in 0..<words {
        guard await counter.take() != nil else { throw CancellationError() }
      }
    }
  }

  @Test func `time passes while it waits`() {
    startTaker("taker")
    script.start("giver") { [counter] clock in
      try await clock.sleep(until: Timestamp(nanoseconds: 10))
      counter.add()
    }
    script.drain()
    #expect(script.log == ["giver 10", "taker 10"])
    #expect(script.isBalanced)
  }

  @Test func `a word that came before is no wait`() {
    counter.add()
    startTaker("taker")
    script.startSleeper("sleeper", until: 10)
    script.drain()
    #expect(script.log == ["taker 0", "sleeper 10"])
    #expect(script.isBalanced)
  }

  @Test func `no word of many is lost`() {
    startTaker("taker", words: 1_000)
    script.start("giver") { [counter] clock in
      for number in 0..<1_000 {
        if number % 7 == 0 { try await clock.sleep(for: .nanoseconds(1)) }
        if number % 11 == 0 { await Task.yield() }
        counter.add()
      }
    }
    script.drain()
    #expect(script.log == ["giver 143", "taker 143"])
    #expect(script.isBalanced)
  }

  @Test func `who is cancelled while it waits goes on`() {
    let taker = startTaker("taker")
    script.drain()
    taker.cancel()
    script.drain()
    #expect(script.log == ["taker cancelled 0"])
    counter.add()
    #expect(script.isBalanced)
  }

  @Test func `who was cancelled before doesn't wait`() {
    startTaker("taker").cancel()
    script.drain()
    #expect(script.log == ["taker cancelled 0"])
    #expect(script.isBalanced)
  }

  @Test func `who is woken and cancelled at the same time goes on once`() {
    let taker = startTaker("taker")
    script.drain()
    counter.add()
    taker.cancel()
    script.drain()
    #expect(script.log.count == 1)
    #expect(script.isBalanced)
  }
}
