import GenesysNotifications
import PatchbayCore
import Testing

/// Which channel is listened to, and what has to be made good.
struct WatchStateTests {
  private func time(_ seconds: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private func open(
    _ number: Int, after seconds: Int = 0, isRenewal: Bool = false
  ) -> [WatchState.Action] {
    [.open(number, after: .seconds(seconds), isRenewal: isRenewal)]
  }

  private func opened() -> WatchState {
    var state = WatchState(now: time(0))
    #expect(state.begin() == open(1))
    #expect(state.opened(1, at: time(1)) == [])
    #expect(state.isWhole)
    return state
  }

  @Test func `a channel that is due is retired once another is open, and nothing is read`() {
    var state = opened()
    #expect(state.mustRenew(1) == open(2, isRenewal: true))
    #expect(state.mustRenew(1) == [])
    #expect(state.isWhole)
    #expect(state.opened(2, at: time(5)) == [.retire(1)])
    #expect(state.ended(1) == [])
    #expect(state.renewals == 1 && state.interruptions == 0)
  }

  @Test func `a renewal that fails is tried again while the channel goes on`() {
    var state = opened()
    _ = state.mustRenew(1)
    #expect(state.failed(2, "503", isFinal: false) == open(3, after: 1, isRenewal: true))
    #expect(state.isWhole)
    #expect(state.opened(3, at: time(9)) == [.retire(1)])
  }

  @Test func `what happened since something was last heard is read once a channel is open again`() {
    var state = opened()
    state.hear(at: time(20))
    #expect(state.ended(1) == open(2))
    #expect(!state.isWhole)
    #expect(state.failed(2, "refused", isFinal: false) == open(3, after: 1))
    #expect(state.opened(3, at: time(30)) == [.fill(since: time(20))])
    #expect(!state.isWhole && state.isFilling)
    #expect(state.filled() == [])
    #expect(state.isWhole)
    #expect(state.interruptions == 1)
  }

  @Test func `a gap that opens while another is read is read after it`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.ended(1)
    #expect(state.opened(2, at: time(30)) == [.fill(since: time(20))])
    state.hear(at: time(31))
    #expect(state.ended(2) == open(3))
    #expect(state.opened(3, at: time(40)) == [])
    #expect(state.filled() == [.fill(since: time(31))])
    #expect(state.filled() == [])
    #expect(state.isWhole)
  }

  @Test func `what had to be dropped while the past was read is read, too`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.ended(1)
    _ = state.opened(2, at: time(30))
    state.miss(since: time(35))
    state.miss(since: time(40))
    #expect(state.filled() == [.fill(since: time(35))])
  }

  @Test func `a gap is read from its beginning if its channel breaks before it is read`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.ended(1)
    #expect(state.failed(2, "x", isFinal: true) == open(3, after: 1))
    #expect(state.opened(3, at: time(50)) == [.fill(since: time(20))])
  }

  @Test func `a channel that breaks while its successor is being opened leaves a gap`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.mustRenew(1)
    #expect(state.ended(1) == [])
    #expect(state.opened(2, at: time(22)) == [.fill(since: time(20))])
  }

  @Test
  func `a channel that breaks before it has been read to its end leaves a gap, also a retired one`()
  {
    var state = opened()
    state.hear(at: time(4))
    _ = state.mustRenew(1)
    _ = state.opened(2, at: time(5))
    state.hear(at: time(9))
    #expect(state.ended(1, isWhole: false) == [.fill(since: time(4))])
    #expect(state.ended(1, isWhole: false) == [])
  }

  @Test func `a gap is read once the channels before it have been read to their end`() {
    var state = opened()
    _ = state.mustRenew(1)
    _ = state.opened(2, at: time(5))
    state.hear(at: time(8))
    #expect(state.ended(2) == open(3))
    #expect(state.opened(3, at: time(9)) == [])
    #expect(!state.isWhole && !state.isFilling)
    #expect(state.ended(1) == [.fill(since: time(8))])
  }

  @Test func `channels that don't last are opened at ever longer intervals`() {
    var state = opened()
    var now = 1
    var pauses: [Duration] = []
    for number in 1..<12 {
      guard case .open(_, let pause, _)? = state.ended(number).first else { continue }
      pauses.append(pause)
      now += 1
      _ = state.opened(number + 1, at: time(now))
      _ = state.filled()
    }
    #expect(
      pauses == [0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16].map { .seconds($0) })
    // A minute later they have been forgotten.
    _ = state.mustRenew(12)
    _ = state.opened(13, at: time(100))
    #expect(state.ended(13) == open(14))
  }

  @Test func `what is refused at the beginning is final, a few failures then are, later only many`()
  {
    var state = WatchState(now: time(0))
    _ = state.begin()
    #expect(state.failed(1, "403", isFinal: true) == [.giveUp("403")])
    var unreachable = WatchState(now: time(0))
    _ = unreachable.begin()
    #expect(unreachable.failed(1, "x", isFinal: false) == open(2, after: 1))
    #expect(unreachable.failed(2, "x", isFinal: false) == open(3, after: 2))
    #expect(unreachable.failed(3, "x", isFinal: false) == [.giveUp("x")])
    var later = opened()
    _ = later.ended(1)
    for number in 2..<(1 + WatchState.patience) {
      let pause = min(60, 1 << (number - 2))
      #expect(later.failed(number, "403", isFinal: true) == open(number + 1, after: pause))
    }
    #expect(later.failed(1 + WatchState.patience, "403", isFinal: true) == [.giveUp("403")])
  }
}
