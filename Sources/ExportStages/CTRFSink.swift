package import PatchbayCore
import PatchbayJSON

/// Writes the verdict in the Common Test Report Format.
///
/// <https://ctrf.io>, version 0.0.0 of its schema: whole milliseconds, and no member that it doesn't know.
package struct CTRFSink: ResumableSink, ResourceUser {
  package static let type = "ctrf"
  package static let doc = "Writes the run's verdict as CTRF, the common test report format (JSON)."
  package static let reportsVerdict = true

  /// The options.
  package struct Options: OptionGroup {
    let file: VerdictFileOptions

    package init(from options: inout OptionReader) {
      file = VerdictFileOptions(from: &options, name: CTRFSink.fileName)
    }
  }

  static let fileName = "ctrf.json"

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
    let cases = VerdictCases(report, options.cases, tally).all
    try await file.write(Self.document(report, cases).text(.pretty) + "\n")
  }

  private static func document(_ report: RunReport, _ cases: [VerdictCase]) -> JSONValue {
    func count(_ status: VerdictCase.Status) -> JSONValue {
      .integer(cases.count { $0.status == status })
    }
    let start = Int(report.run.startedAt.nanoseconds / 1_000_000)
    let stop = Int(report.run.finishedAt.nanoseconds / 1_000_000)
    let tests = cases.map { test -> JSONValue in
      var members: [JSONValue.Member] = [
        .init("name", .string(test.name)), .init("status", .string(test.status.rawValue)),
        .init("duration", .integer(Int((test.nanoseconds ?? 0) / 1_000_000))),
        .init("suite", .array([.string(report.run.name), .string(test.kind.rawValue)])),
      ]
      if !test.problems.isEmpty {
        members.append(.init("message", .string(test.problems.joined(separator: "\n"))))
      }
      return .object(members)
    }
    return [
      "reportFormat": "CTRF", "specVersion": "0.0.0",
      "reportId": .string(report.run.id.description),
      "timestamp": .string(report.run.finishedAt.description), "generatedBy": "patchbay",
      "results": [
        "tool": ["name": "patchbay", "version": .string(ModuleVersion.patchbay.version)],
        "summary": [
          "tests": .integer(cases.count), "passed": count(.passed), "failed": count(.failed),
          "skipped": count(.skipped), "pending": 0, "other": 0, "start": .integer(start),
          "stop": .integer(stop), "duration": .integer(stop - start),
          "extra": [
            "exit_code": .integer(Int(report.exitCode.rawValue)),
            "events": .integer(report.events.emitted), "seed": .string(String(report.run.seed)),
          ],
        ],
        "tests": .array(tests),
      ],
    ]
  }
}
