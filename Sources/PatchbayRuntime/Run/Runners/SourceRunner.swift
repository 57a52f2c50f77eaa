import PatchbayCore

/// Runs a source and carries what it emits into the pipeline.
struct SourceRunner {
  /// How long an unfilled batch may wait for more events, in real time.
  private static let linger = Duration.milliseconds(5)

  let source: any Source
  let counters: StageCounters
  let ledger: DeliveryLedger
  let symbols: SymbolTable
  let batchSize: Int
  let main: Port
  let rejected: Port

  func run(in services: RunServices) async {
    let outlet = SourceOutlet(
      symbols: symbols, clock: services.clock, batchSize: batchSize, doors: doors(in: services))
    var source = source
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        // On the wall clock, whatever the run's is: a batch lingers for real.
        let clock = RealClock()
        for await _ in outlet.started {
          guard (try? await clock.sleep(for: Self.linger)) != nil else { return }
          outlet.offer()
        }
      }
      do {
        try await source.run(emitting: outlet)
      } catch is CancellationError {
        // Shutdown; what was emitted is still delivered.
      } catch {
        services.failures.add(counters.path, error)
      }
      try? await outlet.flush()
      outlet.close()
      group.cancelAll()
    }
    let findings = source.findings()
    counters.update { $0.findings = findings }
    services.observer?.stage(counters.name, ended: source)
    var (main, rejected) = (main, rejected)
    await main.close(in: services)
    await rejected.close(in: services)
  }

  private func doors(in services: RunServices) -> SourceOutlet.Doors {
    SourceOutlet.Doors(
      main: { batch in
        var main = main
        for part in batch.parts(of: batchSize) {
          await main.push(ticketed(part), in: services)
          if services.abort.isSet { throw CancellationError() }
        }
      },
      rejected: { batch in
        var rejected = rejected
        await rejected.divert(ticketed(batch), as: .rejected, in: services)
        if services.abort.isSet { throw CancellationError() }
      },
      offer: { batch in
        guard main.channels.allSatisfy(\.hasCredit) else { return false }
        main.pushNow(ticketed(batch))
        return true
      })
  }

  private func ticketed(_ batch: EventBatch) -> EventBatch {
    var batch = batch
    batch.clearMarks()
    batch.assign(DeliveryTicket(count: batch.count, ledger: ledger))
    counters.update { $0.received += batch.count }
    return batch
  }
}
