import PatchbayCore

/// Feeds a chain from its channel.
struct ChainRunner {
  let inlet: Channel
  private(set) var head: ChainNode

  mutating func run(in services: RunServices) async {
    // One that doesn't move though it has come is no reason to ask for ever.
    var asked: Timestamp?
    loop: while true {
      let deadline = head.deadline
      switch await inlet.next(until: deadline == asked ? nil : deadline) {
      case .batch(let batch):
        asked = nil
        await head.process(batch, in: services)
      case .wake:
        // It may be the word of a timer that came when a batch did, long before the next deadline.
        if let deadline, deadline <= services.clock.now { asked = deadline }
        await head.advance(in: services)
      case .end: break loop
      }
    }
    await head.end(in: services)
  }
}
