import PatchbayCore

/// Sends what is in a spool to its sink, in order, and notes there what the sink made of it.
struct SpoolReader {
  let spool: Spool
  let outlet: Channel
  let account: SpoolAccount
  let symbols: SymbolTable
  /// How long an event may have waited.
  let age: Duration

  /// Runs until nothing is left, or the sink isn't tried any more.
  func run() async {
    do {
      while !account.isOver, let items = try await spool.next(symbols) {
        for item in items { await send(item) }
        try await spool.compact()
      }
    } catch {
      // What lies before it is still delivered; what lies behind it waits until somebody has looked.
      account.services.failures.add(
        account.counters.path, "can't read its spool; `patchbay queue repair` helps", "\(error)")
      account.patience.note("\(error)")
    }
    outlet.close()
  }

  private func send(_ item: Spool.Item) async {
    if item.time.advanced(by: age) < account.services.wallClock() {
      account.counters.update { $0.spool?.expired += item.batch.count }
      account.services.failures.add(
        account.counters.path,
        "dropped events that had waited in its spool for more than \(age.optionText)")
      spool.settle(item, done: Array(item.batch.indices))
      return
    }
    let ticket = DeliveryTicket(ledger: DeliveryLedger())
    let slots = ticket.add(item.batch.count)
    ticket.watch(slots) { [spool] settlements in
      let done = settlements.indices.filter { settlements[$0] != .abandoned }
      spool.settle(item, done: done)
    }
    let batch = TrackedBatch(item.batch, ticket, slots)
    if await !outlet.send(batch) { batch.settle(as: .abandoned) }
  }
}
