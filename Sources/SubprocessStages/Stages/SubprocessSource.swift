package import PatchbayCore

/// Emits what a program says, and tells it what became of that.
package struct SubprocessSource: Source {
  package static let type = "subprocess"
  package static let doc =
    "Emits the events of a program in any language, and tells it what became of them."
  package static let metrics = [
    ProgramFindings.restarts,
    MetricDeclaration("lines", doc: "Lines that were meant to be events."),
    MetricDeclaration("bad_lines", doc: "Lines that couldn't become events."),
    MetricDeclaration(
      "unanswered_batches",
      doc: "Batches that the program ended without an answer to; they are its own to send again."),
  ]

  /// The options.
  package struct Options: OptionGroup {
    let program: ProgramOptions
    let window: Int
    let longestLine: ByteCount

    package init(from options: inout OptionReader) {
      program = ProgramOptions(from: &options)
      window = options.value(
        "window", default: 4, .range(1...1_000),
        doc: "The most of its batches that are taken before the first of them is answered.")
      longestLine = options.value(
        "longest_line", default: .mebibytes(1), .range(.bytes(64) ... .mebibytes(64)),
        doc: "The longest line that is read; longer ones are rejected.")
    }
  }

  let options: Options
  private var program: Program<EventDialogue>?
  private var (lines, badLines) = (0, 0)

  package var reach: StageReach { options.program.reach }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.events = .unknown("as many as \(options.program.command[0]) writes")
    forecast.programs = [options.program.commandText]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let dialogue = EventDialogue(options, in: context)
    let program = Program(options.program, as: .source, in: context, dialogue)
    self.program = program
    try await program.waitForGreeting()
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    guard let program else { throw PipelineError("it isn't open") }
    // However it ends, nothing more of it is taken then.
    defer { program.dialogue.stop() }
    while let utterance = try await program.dialogue.next() {
      lines += utterance.count
      badLines += utterance.malformed
      try await emit(utterance, to: outlet, answering: program.dialogue)
    }
  }

  private func emit(
    _ utterance: Utterance, to outlet: SourceOutlet, answering dialogue: EventDialogue
  ) async throws {
    let tally = utterance.number.map { number in
      BatchTally { dialogue.settle(number, ofStart: utterance.start, $0) }
    }
    for part in utterance.parts {
      switch part {
      case .events(let batch):
        let receipt = try await outlet.emit(batch)
        tally?.add(receipt)
      case .malformed(let line):
        try await line.reject(to: outlet)
        tally?.addRejected()
      }
    }
    tally?.close()
  }

  package mutating func close() async throws { try await program?.close() }

  package func findings() -> Findings {
    var findings = ProgramFindings.of(program)
    findings["lines"] = Double(lines)
    findings["bad_lines"] = Double(badLines)
    findings["unanswered_batches"] = Double(program?.dialogue.untoldBatches ?? 0)
    return findings
  }
}
