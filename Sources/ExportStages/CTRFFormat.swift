package import PatchbayCore
import PatchbayJSON

/// A verdict in the Common Test Report Format.
///
/// <https://ctrf.io>, version 0.0.0 of its schema: whole milliseconds, and no member that it doesn't know.
package enum CTRFFormat: VerdictFormat {
  package static let type = "ctrf"
  package static let doc = "Writes the run's verdict as CTRF, the common test report format (JSON)."
  package static let fileName = "ctrf.json"

  package static func text(_ report: RunReport, _ cases: [VerdictCase]) -> String {
    document(report, cases).text(.pretty) + "\n"
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
