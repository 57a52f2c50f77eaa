package import PatchbayCore

/// A way to write a verdict down as test cases.
package protocol VerdictFormat: Sendable {
  /// The sink's type.
  static var type: String { get }
  /// What the sink does.
  static var doc: String { get }
  /// The file's name in the run's folder.
  static var fileName: String { get }

  /// The file's text.
  static func text(_ report: RunReport, _ cases: [VerdictCase]) -> String
}

/// Collects what came of agents and interactions, and writes the verdict into a file when it is known.
package struct VerdictSink<Format: VerdictFormat>: ResumableSink, ResourceUser {
  package static var type: String { Format.type }
  package static var doc: String { Format.doc }
  package static var reportsVerdict: Bool { true }

  /// The options.
  package struct Options: OptionGroup {
    let file: VerdictFileOptions

    package init(from options: inout OptionReader) {
      file = VerdictFileOptions(from: &options, name: Format.fileName)
    }
  }

  private let options: VerdictFileOptions
  private var file: VerdictFile
  private var tally: CaseTally

  package init(_ options: Options) {
    self.options = options.file
    file = VerdictFile(options.file.path, name: Format.fileName)
    tally = CaseTally(options.file.cases, most: options.file.mostCases)
  }

  package var reach: StageReach { file.reach }
  package var resources: [String] { [file.resource] }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.outputFiles = [file.output]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws { try file.open(context) }

  /// None: what came before an interruption is a part of the verdict, too.
  package mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] { [] }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    tally.add(batch)
    return .all
  }

  package mutating func finish(_ report: RunReport) async throws {
    let cases = VerdictCases(report, options.cases, tally).all
    try await file.write(Format.text(report, cases))
  }
}

/// Writes the verdict as JUnit XML.
package typealias JUnitSink = VerdictSink<JUnitFormat>
/// Writes the verdict in the Common Test Report Format.
package typealias CTRFSink = VerdictSink<CTRFFormat>
