import GenesysNotifications
import PatchbayCore
import Testing

/// Which channel is listened to, and what has to be made good.
struct WatchStateTests {
  private func time(_ seconds: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private func opened() -> WatchState {
    var state = WatchState(now: time(0))
    #expect(state.begin() == [.open(1, failures: 0)])
    #expect(state.opened(1, at: time(1)) == [])
    #expect(state.isWhole)
    return state
  }

  @Test func `a channel that is due is retired once another is open, and nothing is read`() {
    var state = opened()
    #expect(state.mustRenew(1) == [.open(2, failures: 0)])
    #expect(state.mustRenew(1) == [])
    #expect(state.isWhole)
    #expect(state.opened(2, at: time(5)) == [.retire(1)])
    #expect(state.ended(1) == [])
    #expect(state.renewals == 1 && state.interruptions == 0)
  }

  @Test func `what happened since something was last heard is read once a channel is open again`() {
    var state = opened()
    state.hear(at: time(20))
    #expect(state.ended(1) == [.open(2, failures: 0)])
    #expect(!state.isWhole)
    #expect(state.failed(2, "refused", isFinal: false) == [.open(3, failures: 1)])
    #expect(state.opened(3, at: time(30)) == [.fill(since: time(20), until: time(30))])
    #expect(!state.isWhole && state.isFilling)
    #expect(state.filled() == [])
    #expect(state.isWhole)
    #expect(state.interruptions == 1)
  }

  @Test func `a gap that opens while another is read is read after it`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.ended(1)
    #expect(state.opened(2, at: time(30)) == [.fill(since: time(20), until: time(30))])
    state.hear(at: time(31))
    #expect(state.ended(2) == [.open(3, failures: 0)])
    #expect(state.opened(3, at: time(40)) == [])
    #expect(state.filled() == [.fill(since: time(31), until: time(40))])
    #expect(state.filled() == [])
    #expect(state.isWhole)
  }

  @Test func `a gap is read from its beginning if its channel breaks before it is read`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.ended(1)
    #expect(state.failed(2, "x", isFinal: true) == [.open(3, failures: 1)])
    #expect(state.opened(3, at: time(50)) == [.fill(since: time(20), until: time(50))])
  }

  @Test func `a channel that breaks while its successor is being opened leaves a gap`() {
    var state = opened()
    state.hear(at: time(20))
    _ = state.mustRenew(1)
    #expect(state.ended(1) == [])
    #expect(state.opened(2, at: time(22)) == [.fill(since: time(20), until: time(22))])
  }

  @Test func `what is refused at the beginning is final, later only many failures are`() {
    var state = WatchState(now: time(0))
    _ = state.begin()
    #expect(state.failed(1, "403", isFinal: true) == [.giveUp("403")])
    var later = opened()
    _ = later.ended(1)
    for number in 2..<(1 + WatchState.patience) {
      #expect(
        later.failed(number, "403", isFinal: true) == [.open(number + 1, failures: number - 1)])
    }
    #expect(later.failed(1 + WatchState.patience, "403", isFinal: true) == [.giveUp("403")])
    #expect(WatchState.pause(after: 1) == .seconds(1))
    #expect(WatchState.pause(after: 4) == .seconds(8))
    #expect(WatchState.pause(after: 40) == .seconds(60))
  }
}
