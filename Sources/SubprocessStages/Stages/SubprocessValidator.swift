package import PatchbayCore

/// Has events judged by a program.
package struct SubprocessValidator: AsyncValidator {
  package static let type = "subprocess"
  package static let doc = "Has events judged by a program in any language."
  package static let metrics = ProgramFindings.ofBatches

  /// The options.
  package struct Options: OptionGroup {
    let program: ProgramOptions

    package init(from options: inout OptionReader) {
      program = ProgramOptions(from: &options)
    }
  }

  let options: Options
  private var program: Program<BatchDialogue>?

  package var reach: StageReach { options.program.reach }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.programs = [options.program.commandText]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let program = Program(
      options.program, as: .validator, in: context, BatchDialogue(options.program))
    self.program = program
    try await program.waitForGreeting()
  }

  package mutating func validate(_ batch: inout EventBatch) async throws {
    guard let program else { throw PipelineError("it isn't open") }
    if batch.isEmpty { return }
    let lines = Request.lines(of: batch)
    let answer = try await program.dialogue.send(lines, count: batch.count)()
    guard answer.undelivered.isEmpty else {
      throw PipelineError("the program left events unjudged; \"undelivered\" is for sinks")
    }
    if let error = answer.error { throw PipelineError("the program could not judge: \(error)") }
    for judgement in answer.rejected {
      batch.reject(
        judgement.index, code: judgement.code ?? "subprocess.rejected", reason: judgement.reason)
    }
  }

  package mutating func close() async throws { try await program?.close() }

  package func findings() -> Findings { ProgramFindings.ofBatches(program) }
}
