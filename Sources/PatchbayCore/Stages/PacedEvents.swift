/// Emits the events that a source makes one by one, each when it is due by its own timestamp.
package struct PacedEvents {
  /// The events that wait to be emitted; what makes events appends them here, one at a time.
  package var batch: EventBatch
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  /// Tells when events are due; nil if nothing is waited for.
  private var keeper: PaceKeeper?
  /// How many events have been made.
  private var made = 0

  /// Makes one that has emitted nothing.
  package init(_ pace: Pace, outlet: SourceOutlet, clock: any PipelineClock) {
    self.outlet = outlet
    self.clock = clock
    if case .recorded(let recorded) = pace {
      keeper = PaceKeeper(recorded, start: outlet.startedAt)
    }
    batch = outlet.makeBatch()
  }

  /// Emits what waits if there is no room for another event.
  package mutating func makeRoom() async throws {
    if batch.count == outlet.batchSize { try await flush() }
  }

  /// Waits until the event that was appended last is due, and sends those before it first.
  package mutating func pace() async throws {
    made += 1
    guard keeper != nil else { return }
    let last = batch.count - 1
    let event = batch[last]
    var due = event.has(.timestamp) ? keeper?.due(event.timestamp) : nil
    let isRepeated = made <= outlet.pastEvents
    if made == outlet.pastEvents + 1, made > 1, let time = due {
      // The run was interrupted here: what comes now is as far from the present as it was from then.
      let now = clock.now
      keeper?.postpone(byNanoseconds: now.nanosecondsSince(time))
      due = max(time, now)
    }
    batch[last].intended = due ?? clock.now
    guard let due else { return }
    if isRepeated || due <= clock.now { return }
    let paced = batch.extract([last])
    try await outlet.emit(batch.extract(Array(0..<last)))
    try await outlet.wait(until: due)
    batch = paced
  }

  /// Emits what waits.
  package mutating func flush() async throws {
    let full = batch
    batch = outlet.makeBatch()
    try await outlet.emit(full)
  }
}
