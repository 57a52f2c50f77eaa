import Logging
package import PatchbayCore

/// Reads events from a file with one JSON object a line.
package struct JSONLinesSource: Source, ConnectionUser {
  package static let type = "jsonl"
  package static let doc = "Reads events from a file of JSON lines; bad lines go to .rejected."
  package static let metrics = LineMetrics.declarations
  package var repeatsItself: Bool { true }

  /// The options.
  package struct Options: OptionGroup {
    let path: String
    let shared: LineSourceOptions

    package init(from options: inout OptionReader) {
      path = options.required(
        "path", example: "events.jsonl", .nonEmpty, .path, doc: "The file.")
      shared = LineSourceOptions(from: &options)
    }
  }

  /// How many bytes are read at once: each reading is a word between two threads.
  private static let chunk = 1 << 18

  private let options: Options
  private var clock: any PipelineClock = RealClock()
  private var shape: (any EventShapeReader)?
  private var logger: Logger?
  private var metrics = LineMetrics()

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.events = .unknown("one for each line of \(options.path)")
    forecast.inputFiles = [options.path]
    return forecast
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objectionToReading
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    logger = context.logger
    shape = try await context.shapeReader(options.shared.mapping)
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    let file = try await InputFile.open(options.path)
    var lines = EventLines(
      name: options.path, options.shared, shape: shape, outlet: outlet, clock: clock)
    while true {
      let chunk = try await file.read(upTo: Self.chunk)
      try await lines.emit(chunk)
      metrics = LineMetrics(lines)
      if chunk.isEmpty {
        for member in lines.unseen {
          logger?.warning("no event had \(member); look at the mapping")
        }
        return
      }
    }
  }

  package func findings() -> Findings { metrics.findings }
}

/// Reads events from the program's standard input, one JSON object a line.
package struct StandardInputSource: Source, ResourceUser, ConnectionUser {
  package static let type = "stdin"
  package static let doc = "Reads events as JSON lines from standard input."
  package static let metrics = LineMetrics.declarations

  private let options: LineSourceOptions
  private var clock: any PipelineClock = RealClock()
  private var shape: (any EventShapeReader)?
  private var logger: Logger?
  private var input: (any ByteInput)?
  private var metrics = LineMetrics()

  package var reach: StageReach { .context }

  package init(_ options: LineSourceOptions) {
    self.options = options
  }

  package var resources: [String] { ["standard input"] }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.events = .unknown("one for each line of standard input")
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    logger = context.logger
    input = context.input
    shape = try await context.shapeReader(options.mapping)
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objectionToReading
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    guard let input else { return }
    var lines = EventLines(
      name: "stdin", options, shape: shape, outlet: outlet, clock: clock)
    while true {
      let chunk = try await input.read(upTo: 1 << 16)
      try await lines.emit(chunk)
      metrics = LineMetrics(lines)
      if chunk.isEmpty {
        for member in lines.unseen {
          logger?.warning("no event had \(member); look at the mapping")
        }
        return
      }
    }
  }

  package func findings() -> Findings { metrics.findings }
}

/// What sources of lines report.
struct LineMetrics {
  static let declarations = [
    MetricDeclaration("lines", doc: "Lines that weren't blank."),
    MetricDeclaration("bad_lines", doc: "Lines that couldn't become events."),
  ]

  private var lines = 0
  private var badLines = 0

  init() {}

  init(_ source: EventLines) {
    lines = source.lines
    badLines = source.badLines
  }

  var findings: Findings {
    var findings = Findings()
    findings["lines"] = Double(lines)
    findings["bad_lines"] = Double(badLines)
    return findings
  }
}
