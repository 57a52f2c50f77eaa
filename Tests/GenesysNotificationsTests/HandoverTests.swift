import GenesysNotifications
import Testing

/// In which order it is told what channels bring that take each other's place.
struct HandoverTests {
  @Test func `a channel's first messages wait for the end of the one before it`() {
    var handover = handover(of: 1, 2)
    #expect(handover.isGoingOn)
    let waits = [("a", 1), ("b", 2), ("c", 2)].map { handover.keep($0.0, on: $0.1) }
    #expect(waits == [false, true, true])
    let told = handover.end(1)
    #expect(told == ["b", "c"])
    #expect(!handover.isGoingOn)
    let waitsAfterwards = handover.keep("d", on: 2)
    #expect(!waitsAfterwards)
  }

  /// Channels, each of which took the place of the one before it.
  private func handover(of channels: Int...) -> Handover<String> {
    var handover = Handover<String>()
    for channel in channels { handover.begin(channel) }
    return handover
  }

  /// Channels 1, 2 and 3, of which the last two have brought something.
  private func twoChanges() -> Handover<String> {
    var handover = handover(of: 1, 2, 3)
    _ = handover.keep("c", on: 3)
    _ = handover.keep("b", on: 2)
    return handover
  }

  @Test func `a second change while the first goes on`() {
    var handover = twoChanges()
    let told = [handover.end(1), handover.end(2)]
    #expect(told == [["b"], ["c"]])
    #expect(!handover.isGoingOn)
  }

  @Test func `what a channel brought that ends first comes before its successor's`() {
    var handover = twoChanges()
    let told = [handover.end(2), handover.end(1)]
    #expect(told == [[], ["b", "c"]])
    #expect(!handover.isGoingOn)
  }

  @Test func `what the last one brought waits also when it breaks`() {
    var handover = handover(of: 1, 2)
    _ = handover.keep("b", on: 2)
    let toldWhenBroken = handover.end(2)
    #expect(toldWhenBroken == [])
    #expect(handover.isGoingOn)
    let waits = handover.keep("a", on: 1)
    #expect(!waits)
    let told = handover.end(1)
    #expect(told == ["b"])
    #expect(!handover.isGoingOn)
  }

  @Test func `what is opened after a break waits for all that were before`() {
    var handover = handover(of: 1, 2)
    _ = handover.keep("b", on: 2)
    _ = handover.end(2)
    handover.begin(3)
    let waits = handover.keep("c", on: 3)
    #expect(waits)
    let told = handover.end(1)
    #expect(told == ["b", "c"])
    #expect(!handover.isGoingOn)
  }

  @Test func `what is too much is let go channel by channel`() {
    var handover = twoChanges()
    let told = handover.abandon()
    #expect(told == ["b", "c"])
    #expect(!handover.isGoingOn)
    let waits = [1, 2, 3].map { handover.keep("d", on: $0) }
    #expect(waits == [false, false, false])
    handover.begin(4)
    let waitsForTheLast = handover.keep("e", on: 4)
    #expect(waitsForTheLast)
  }
}
