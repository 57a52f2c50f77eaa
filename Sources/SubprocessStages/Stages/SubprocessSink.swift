package import PatchbayCore

/// Hands events to a program, which acknowledges them.
///
/// An event counts as delivered when the program has acknowledged its batch, and not before.
package struct SubprocessSink: WindowedSink {
  package static let type = "subprocess"
  package static let doc = "Hands events to a program in any language, which acknowledges them."
  package static let metrics = ProgramFindings.ofBatches

  /// The options.
  package struct Options: OptionGroup {
    let program: ProgramOptions
    let window: Int

    package init(from options: inout OptionReader) {
      program = ProgramOptions(from: &options)
      window = options.value(
        "window", default: 4, .range(1...64),
        doc: "The most batches that it is given before it has answered the first of them.")
    }
  }

  let options: Options
  private var program: Program<BatchDialogue>?

  package var reach: StageReach { options.program.reach }

  package init(_ options: Options) {
    self.options = options
  }

  package var window: Int { options.window }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.programs = [options.program.commandText]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let program = Program(
      options.program, as: .sink, in: context, BatchDialogue(options.program))
    self.program = program
    try await program.waitForGreeting()
  }

  package mutating func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite {
    guard let program else { throw PipelineError("it isn't open") }
    if batch.isEmpty { return PendingWrite { .all } }
    let indices = batch.indices
    let answer = program.dialogue.send(Request.lines(of: batch), count: indices.count)
    return PendingWrite { try await WriteResult(answer(), of: indices) }
  }

  package mutating func finish(_ report: RunReport) async throws {
    let program = self.program
    try await program?.close()
  }

  package func findings() -> Findings { ProgramFindings.ofBatches(program) }
}

extension WriteResult {
  /// What an answer says of a batch's events.
  fileprivate init(_ answer: Answer, of indices: Range<Int>) {
    if let error = answer.error {
      self.init(undelivered: Array(indices), problem: error)
      return
    }
    self.init(
      undelivered: answer.undelivered,
      refused: answer.rejected.map { .init($0.index, reason: $0.reason) },
      problem: answer.reason)
  }
}
