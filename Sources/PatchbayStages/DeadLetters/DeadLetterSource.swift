package import PatchbayCore

/// Emits the events of dead letters, in the place of a source of the configuration.
package struct DeadLetterSource: Source {
  package static let type = "dead-letters"
  package static let doc = "Emits the events of dead letters."
  package var repeatsItself: Bool { true }

  private let letters: [DeadLetter]
  private let path: String
  private var clock: any PipelineClock = RealClock()

  package var reach: StageReach { .context }

  /// - Parameters:
  ///   - letters: the letters.
  ///   - path: where they were read from, for messages.
  package init(_ letters: [DeadLetter], from path: String) {
    self.letters = letters
    self.path = path
  }

  package init(_ options: NoOptions) { self.init([], from: "") }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.events = .exactly(letters.count)
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws { clock = context.clock }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    var reader = EventLineReader(
      name: path, longest: .mebibytes(64), symbols: outlet.makeBatch().symbols)
    for (number, letter) in letters.enumerated() {
      var batch = outlet.makeBatch()
      do throws(MalformedLine) {
        try reader.append(
          LineSplitter.Line(number: number + 1, bytes: letter.event[...]), to: &batch,
          intended: clock.now)
      } catch {
        try await error.reject(to: outlet)
        continue
      }
      try await outlet.emit(batch)
    }
  }
}
