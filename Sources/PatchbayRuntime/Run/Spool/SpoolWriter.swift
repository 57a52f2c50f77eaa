import PatchbayCore

/// Keeps what comes to a sink in its spool, as much at a time as waits.
struct SpoolWriter {
  /// How many bytes of texts are kept at once, so that what waits for the disk stays small.
  private static let most = 4 << 20

  let inlet: Channel
  let spool: Spool
  let patience: SpoolPatience
  let account: SinkAccount

  /// Runs until nothing more comes.
  func run() async {
    while true {
      switch await inlet.next() {
      case .batch(let first):
        var batches: [TrackedBatch] = []
        var size = 0
        var next: TrackedBatch? = first
        while let batch = next {
          size += batch.batch.arena.count
          if account.receive(batch), let new = account.new(batch, in: spool) { batches.append(new) }
          next = size < Self.most ? inlet.nextWaiting() : nil
        }
        if !batches.isEmpty { await keep(batches) }
      case .wake: continue
      case .end:
        patience.beginEnd()
        spool.end()
        return
      }
    }
  }

  private func keep(_ batches: [TrackedBatch]) async {
    do {
      try await spool.keep(batches.map(\.batch))
    } catch {
      for batch in batches { account.refuse(batch, "\(error)") }
      return
    }
    for batch in batches {
      account.counters.update { $0.spool?.kept += batch.count }
      account.written(batch, Array(batch.batch.indices), of: batch.batch)
    }
  }
}
