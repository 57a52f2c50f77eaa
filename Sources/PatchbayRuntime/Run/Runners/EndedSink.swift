import PatchbayCore

/// A sink that has seen its last event, and is to be finished.
struct EndedSink: Sendable {
  private(set) var sink: any Sink
  let counters: StageCounters
  /// What is before it, if that is a spool.
  var spooled: SpooledSink?

  /// Completes the sink; what goes wrong is noted as its failure.
  mutating func finish(_ report: RunReport, in services: RunServices) async {
    do {
      if let spooled {
        sink = try await spooled.finish(sink, report, counters, services)
      } else {
        try await sink.finish(report)
      }
    } catch is CancellationError where services.control.has(.cut) {
      services.failures.add(counters.path, "wasn't finished: the run had to end")
    } catch {
      services.failures.add(counters.path, error)
    }
    counters.note(sink.findings())
    for observer in services.observers { observer.stage(counters.name, ended: sink) }
  }
}
