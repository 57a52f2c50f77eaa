/// What becomes of events that a source has emitted, once it is known.
///
/// A source that has to answer whoever gave it the events (an HTTP reply, an acknowledgement, a
/// checkpoint) asks it. The answer is final: it comes after every branch, every retry, and also when
/// the run ends before the events did.
///
/// ```swift
/// let receipt = try await outlet.emit(call.fields)
/// call.reply(try await receipt.settlements() == [.delivered] ? .accepted : .unavailable)
/// ```
public struct Receipt: Sendable {
  private let ticket: DeliveryTicket
  private let slots: Range<Int>
  private let outlet: SourceOutlet

  init(_ ticket: DeliveryTicket, _ slots: Range<Int>, of outlet: SourceOutlet) {
    self.ticket = ticket
    self.slots = slots
    self.outlet = outlet
  }

  /// Makes one about events that were emitted, and answered for, before their run was interrupted.
  init(ofRepeated count: Int, by outlet: SourceOutlet) {
    ticket = DeliveryTicket(ledger: DeliveryLedger())
    slots = ticket.add(count)
    self.outlet = outlet
    ticket.settle(slots, as: .delivered)
  }

  /// How many events it is about.
  public var count: Int { slots.count }

  /// Waits until every event is settled; what has gathered in the outlet is sent first.
  ///
  /// - Returns: the settlements in the order of the events.
  /// - Throws: `CancellationError` when the source is to stop. The events are still delivered; ask
  ///   by `whenSettled(_:)`, which goes on beyond that.
  public func settlements() async throws -> [Settlement] {
    try await outlet.flush()
    let answer = Answer()
    try await outlet.clock.parkUnlessCancelled { task in answer.isAwaited(by: task, from: self) }
    return answer.settlements
  }

  /// Calls a closure once every event is settled, at once if they are.
  ///
  /// It also comes after the source has returned, and always before its `close()`.
  ///
  /// - Parameter body: gets the settlements in the order of the events. Called once, on a task of the
  ///   run that settles the last of them: it must return at once.
  public func whenSettled(_ body: @escaping @Sendable (_ settlements: [Settlement]) -> Void) {
    ticket.watch(slots, body)
  }
}
