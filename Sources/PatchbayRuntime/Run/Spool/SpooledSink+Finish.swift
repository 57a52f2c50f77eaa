import PatchbayCore

extension SpooledSink {
  /// How a bounded finish ended.
  private enum End: Sendable {
    case finished(any Sink, (any Error)?)
    case tookTooLong
  }

  /// Finishes the sink; one with documents keeps the run's, and delivers it and those of earlier runs.
  ///
  /// Where the sink was given up, or has something to deliver, that takes no longer than a shutdown may.
  ///
  /// - Returns: the sink.
  /// - Throws: whatever kept it from ending well. What keeps a document from being delivered is told by the
  ///   stage's report, and so is the end of a sink that was given up: what it didn't take waits.
  func finish(
    _ sink: any Sink, _ report: RunReport, _ counters: StageCounters, _ services: RunServices
  ) async throws -> any Sink {
    var sink = sink
    if let documents = sink as? any DocumentSink {
      if !services.drainsSpools {
        if let document = documents.document(report) {
          try await spool.keep(document: document, of: report.run.id)
        } else {
          try await sink.finish(report)
        }
      }
      if spool.documents.isEmpty { return sink }
      return await bounded(sink, services) { try await deliverDocuments(to: documents) }
    }
    guard isOpen else { return sink }
    if patience.isOver {
      return await bounded(sink, services) { [sink] in
        var sink = sink
        try await sink.finish(report)
        return sink
      }
    }
    try await sink.finish(report)
    return sink
  }

  private func deliverDocuments(to sink: some DocumentSink) async throws -> any Sink {
    var sink = sink
    for name in spool.documents {
      try await sink.deliver(try await spool.document(name))
      await spool.remove(document: name)
    }
    return sink
  }

  /// Runs the end of a sink for no longer than a shutdown may take, in real time.
  private func bounded(
    _ sink: any Sink, _ services: RunServices,
    _ body: @escaping @Sendable () async throws -> any Sink
  ) async -> any Sink {
    let drain = services.drain
    let end = await withTaskGroup(of: End?.self) { group in
      group.addTask(on: services.clock) {
        do {
          return .finished(try await body(), nil)
        } catch {
          return .finished(sink, error)
        }
      }
      group.addWatcher(on: services.clock) {
        (try? await RealClock().sleep(for: drain)) == nil ? nil : .tookTooLong
      }
      let first = await group.next(on: services.clock) ?? nil
      await group.cancelRest(on: services.clock)
      return first
    }
    switch end {
    case .finished(let sink, nil)?: return sink
    case .finished(let sink, let problem?)?:
      patience.giveUp("\(problem)")
      return sink
    case .tookTooLong?, nil:
      patience.giveUp("took nothing for \(drain.optionText)")
      return sink
    }
  }
}
