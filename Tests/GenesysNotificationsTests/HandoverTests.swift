import GenesysNotifications
import Testing

/// In which order it is told what channels bring that take each other's place.
struct HandoverTests {
  @Test func `a channel's first messages wait for the end of the one before it`() {
    var handover = Handover<String>()
    handover.begin(from: 1, to: 2)
    #expect(handover.isGoingOn)
    let found1 = handover.keep("a", on: 1)
    #expect(!found1)
    let found2 = handover.keep("b", on: 2)
    #expect(found2)
    let found3 = handover.keep("c", on: 2)
    #expect(found3)
    let found4 = handover.end(1)
    #expect(found4 == ["b", "c"])
    #expect(!handover.isGoingOn)
    let found5 = handover.keep("d", on: 2)
    #expect(!found5)
  }

  @Test func `a second change while the first goes on, whichever ends first`() {
    var handover = Handover<String>()
    handover.begin(from: 1, to: 2)
    handover.begin(from: 2, to: 3)
    let found6 = handover.keep("b", on: 2)
    #expect(found6)
    let found7 = handover.keep("c", on: 3)
    #expect(found7)
    var other = handover
    // One after the other.
    let found8 = handover.end(1)
    #expect(found8 == ["b"])
    let found9 = handover.keep("b2", on: 2)
    #expect(!found9)
    let found10 = handover.end(2)
    #expect(found10 == ["c"])
    #expect(!handover.isGoingOn)
    // The one in the middle first: what it brought comes before what its successor did.
    let found11 = other.end(2)
    #expect(found11 == [])
    let found12 = other.keep("d", on: 3)
    #expect(found12)
    let found13 = other.end(1)
    #expect(found13 == ["b", "c", "d"])
    #expect(!other.isGoingOn)
  }

  @Test func `what a channel brought that breaks before its predecessor has ended waits no longer`()
  {
    var handover = Handover<String>()
    handover.begin(from: 1, to: 2)
    let found14 = handover.keep("b", on: 2)
    #expect(found14)
    let found15 = handover.end(2)
    #expect(found15 == ["b"])
    #expect(!handover.isGoingOn)
    let found16 = handover.end(1)
    #expect(found16 == [])
  }

  @Test func `what is too much is let go channel by channel`() {
    var handover = Handover<String>()
    handover.begin(from: 1, to: 2)
    handover.begin(from: 2, to: 3)
    let found17 = handover.keep("c", on: 3)
    #expect(found17)
    let found18 = handover.keep("b", on: 2)
    #expect(found18)
    let found19 = handover.abandon()
    #expect(found19 == ["b", "c"])
    #expect(!handover.isGoingOn)
  }
}
