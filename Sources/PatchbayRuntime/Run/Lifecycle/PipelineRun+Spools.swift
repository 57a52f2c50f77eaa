import PatchbayCore

extension PipelineRun {
  /// Opens the spool before a sink.
  ///
  /// - Throws: `PipelineError`, `UnreadableInput`; see `Spool.open`.
  func openSpool(before planned: PlannedStage, _ limits: SpoolBuffer) async throws -> Spool {
    let spool = try await Spool.open(
      SpoolFolder.path(in: plan.options.directory, pipeline: plan.name, sink: planned.name),
      type: planned.type, limits, of: identity, keepsAll: plan.hasJournal, clock: clock,
      wallClock: services.wallClock)
    counters[planned.name]?.update { report in
      var found = SpoolReport()
      found.found = spool.found.waiting
      report.spool = found
    }
    return spool
  }

  /// Closes the spools, and notes what keeps their sinks from taking what is left.
  func close(_ spooled: [String: SpooledSink]) async {
    for (name, sink) in spooled.sorted(by: { $0.key < $1.key }) {
      guard let counters = counters[name] else { continue }
      counters.update { report in
        report.spool?.documents = sink.spool.documents.count
        report.spool?.problem = sink.patience.problem
      }
      do {
        try await sink.spool.close()
      } catch {
        services.failures.add(counters.path, error)
      }
    }
  }

  /// Lets go of what only a run that is gone on with would need; what can't be removed does no harm.
  func release(_ spooled: [String: SpooledSink]) async {
    for sink in spooled.values { try? await sink.spool.release() }
  }

  /// What waits in spools for a later run, a line for each.
  var spoolNotices: [String] {
    plan.stages.compactMap { planned in
      guard let counters = counters[planned.name], let spool = counters.snapshot.spool,
        spool.waiting + spool.documents > 0
      else { return nil }
      var what: [String] = []
      if spool.waiting > 0 {
        what.append(spool.waiting == 1 ? "1 event" : "\(spool.waiting) events")
      }
      if spool.documents > 0 {
        what.append(spool.documents == 1 ? "1 document" : "\(spool.documents) documents")
      }
      let path = SpoolFolder.path(
        in: plan.options.directory, pipeline: plan.name, sink: planned.name)
      let verb = spool.waiting + spool.documents == 1 ? "waits" : "wait"
      return
        "\(counters.path): \(what.joined(separator: " and ")) \(verb) in \(path) for the next run"
        + (spool.problem.map { ": \($0)" } ?? "")
    }
  }
}
