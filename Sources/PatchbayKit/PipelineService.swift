#if ServiceLifecycle
  public import PatchbayCore
  public import PatchbayRuntime
  public import ServiceLifecycle

  /// A run as a service beside others, for swift-service-lifecycle.
  ///
  /// Graceful shutdown stops the sources and drains; cancellation ends the run at once. Signals are
  /// the service group's business.
  public struct PipelineService: Service {
    private let pipelineRun: PipelineRun
    private let receive: @Sendable (RunReport) async -> Void

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - run: what it runs, once.
    ///   - receive: gets the report when the run has ended.
    public init(
      _ run: PipelineRun, report receive: @escaping @Sendable (RunReport) async -> Void = { _ in }
    ) {
      pipelineRun = run
      self.receive = receive
    }

    /// Runs the pipeline to its end.
    ///
    /// - Throws: `PipelineError` if the report's verdict isn't success, so that the group notices.
    public func run() async throws {
      let report = await withGracefulShutdownHandler {
        await pipelineRun.run()
      } onGracefulShutdown: {
        pipelineRun.stop()
      }
      await receive(report)
      if report.exitCode != .success {
        throw PipelineError(report.verdictSentence, code: .runFailed)
      }
    }
  }

  extension RunReport {
    /// Why a service failed, in one sentence.
    var verdictSentence: String {
      let broken = thresholds.filter { !$0.passed }.map { "\($0.metric) \($0.condition)" }
      let reasons = failures + leftovers + broken.map { "the threshold \($0) failed" }
      return "the run \(run.id) of \(run.name) ended with exit code \(exitCode.rawValue)"
        + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
    }
  }
#endif
