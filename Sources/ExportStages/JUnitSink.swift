package import PatchbayCore
import Reports

/// Writes the verdict as JUnit XML.
///
/// One `testsuite`, which Jenkins' schema and Surefire's both take.
package struct JUnitSink: ResumableSink, ResourceUser {
  package static let type = "junit"
  package static let doc = "Writes the run's verdict as JUnit XML, for CI systems."
  package static let reportsVerdict = true

  /// The options.
  package struct Options: OptionGroup {
    let file: VerdictFileOptions

    package init(from options: inout OptionReader) {
      file = VerdictFileOptions(from: &options, name: JUnitSink.fileName)
    }
  }

  static let fileName = "junit.xml"

  private let options: VerdictFileOptions
  private var file: VerdictFile
  private var tally: CaseTally

  package init(_ options: Options) {
    self.options = options.file
    file = VerdictFile(options.file.path, name: Self.fileName)
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
    let cases = VerdictCases(report, options.cases, tally).all.map { test in
      var result = JUnitDocument.Case(
        name: test.name, nanoseconds: test.nanoseconds ?? 0,
        problems: test.status == .failed ? test.problems : [])
      result.group = "\(report.run.name).\(test.kind.rawValue)"
      if test.status == .skipped { result.skipped = test.problems.first ?? "" }
      return result
    }
    let suite = JUnitDocument.Suite(name: report.run.name, cases: cases)
    try await file.write(
      JUnitDocument(suite, nanoseconds: report.run.realNanoseconds).text)
  }
}
