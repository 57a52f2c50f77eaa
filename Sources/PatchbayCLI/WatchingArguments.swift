import ArgumentParser
import Dashboard
import Logging
import PatchbayCore
import PatchbayRuntime

/// Where a run can be looked at while it goes on.
struct WatchingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Serves a page that shows the run while it goes on, such as 127.0.0.1:8600; port 0 takes any that is free.",
      valueName: "address"))
  var dashboard: String?

  @Option(
    help: ArgumentHelp(
      "Serves the run's metrics (/metrics, OpenMetrics), /healthz and /readyz while it goes on.",
      valueName: "address"))
  var metrics: String?

  func validate() throws {
    _ = try ports
  }

  private var ports: (dashboard: Int?, metrics: Int?) {
    get throws {
      (
        try dashboard.map {
          try LoopbackAddress.port(of: $0, whose: "the dashboard", option: "--dashboard")
        },
        try metrics.map {
          try LoopbackAddress.port(of: $0, whose: "the metrics' server", option: "--metrics")
        }
      )
    }
  }

  /// What watches single events.
  struct Watchers {
    /// For the page, if there is one.
    let traces: RunTraces?
    let tap = RunTap()

    var all: [any RunObserver] { [tap] + (traces.map { [$0] } ?? []) }
  }

  var watchers: Watchers { Watchers(traces: dashboard == nil ? nil : RunTraces()) }

  /// Serves while something goes on; it ends with that, whoever still looks.
  ///
  /// - Throws: the end of the program if nobody can listen there.
  func serve(
    _ run: PipelineRun, _ watchers: Watchers, _ terminal: Terminal, _ logger: Logger,
    _ body: @escaping @Sendable (RunDashboard?) async -> PatchbayCore.ExitCode
  ) async throws -> PatchbayCore.ExitCode {
    let ports = try ports
    let watched = RunDashboard(run, watchers.traces ?? RunTraces())
    var servers: [(name: String, port: Int, pages: [Page])] = []
    if let port = ports.dashboard {
      servers.append(("dashboard", port, watched.pages + watched.probes))
    }
    // One server where both are the same, and not just any.
    if let port = ports.metrics, port == 0 || port != ports.dashboard {
      servers.append(("metrics", port, watched.probes))
    }
    do {
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await Self.serveSocket(of: run, watched, watchers.tap, logger) }
        defer { group.cancelAll() }
        return try await Self.serve(servers, terminal, logger) {
          let code = await body(watched)
          watchers.tap.end()
          await watched.leave()
          return code
        }
      }
    } catch {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }

  /// Answers `patchbay top` and `patchbay tap`; a run that nobody can look at so is none the worse.
  private static func serveSocket(
    of run: PipelineRun, _ watched: RunDashboard, _ tap: RunTap, _ logger: Logger
  ) async {
    guard let path = RunSocket.path(in: run.directoryPath) else {
      logger.info("patchbay top and tap can't reach this run: the path of its folder is too long")
      return
    }
    while !InputFile.isReadable(run.directoryPath) {
      guard (try? await RealClock().sleep(for: .milliseconds(20))) != nil else { return }
    }
    do {
      try await RunSocket.serve(at: path) { try await watched.answer($0, tap, $1) }
    } catch {
      logger.info("patchbay top and tap can't reach this run: \(error)")
    }
  }

  private static func serve(
    _ servers: [(name: String, port: Int, pages: [Page])], _ terminal: Terminal, _ logger: Logger,
    _ body: @escaping @Sendable () async -> PatchbayCore.ExitCode
  ) async throws -> PatchbayCore.ExitCode {
    try await withThrowingTaskGroup(of: PatchbayCore.ExitCode?.self) { group in
      let (readiness, ready) = AsyncStream.makeStream(of: Void.self)
      for server in servers {
        group.addTask {
          try await PageServer(.port(server.port), server.pages, logger: logger).serve { port in
            let path = server.name == "metrics" ? "/metrics" : "/"
            await terminal.warn("\(server.name): http://127.0.0.1:\(port ?? server.port)\(path)")
            ready.yield()
          }
          return nil
        }
      }
      group.addTask {
        // Whoever was promised a page is told before anything begins that there is none.
        var left = servers.count
        var announcements = readiness.makeAsyncIterator()
        while left > 0, await announcements.next() != nil { left -= 1 }
        if Task.isCancelled { return nil }
        return await body()
      }
      defer { group.cancelAll() }
      while let code = try await group.next() {
        if let code { return code }
      }
      return .failure
    }
  }
}
