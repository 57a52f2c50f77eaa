import PatchbayCore

/// Feeds a chain from its channel.
struct ChainRunner {
  let inlet: Channel
  var head: ChainNode

  mutating func run(in services: RunServices) async {
    await withTaskGroup(of: Void.self) { timers in
      var armed: Timestamp?
      loop: while true {
        switch await inlet.next() {
        case .batch(let batch):
          if services.abort.isSet {
            batch.settle(as: .abandoned)
          } else {
            await head.process(batch, in: services)
          }
        case .wake:
          armed = nil
          await head.advance(in: services)
        case .end:
          break loop
        }
        if let deadline = head.deadline, armed.map({ deadline < $0 }) ?? true {
          armed = deadline
          services.clock.hold()
          timers.addTask { [inlet, clock = services.clock] in
            // Cancelled when the chain ends: then nobody waits for the wake any more.
            if (try? await clock.watch(until: deadline)) != nil { inlet.wake() }
            clock.release()
          }
        }
      }
      timers.cancelAll()
    }
    await head.end(in: services)
  }
}
