package import PatchbayCore
import Reports

/// A verdict as JUnit XML: one `testsuite`, which Jenkins' schema and Surefire's both take.
package enum JUnitFormat: VerdictFormat {
  package static let type = "junit"
  package static let doc = "Writes the run's verdict as JUnit XML, for CI systems."
  package static let fileName = "junit.xml"

  package static func text(_ report: RunReport, _ cases: [VerdictCase]) -> String {
    let cases = cases.map { test in
      var result = JUnitDocument.Case(
        name: test.name, nanoseconds: test.nanoseconds ?? 0,
        problems: test.status == .failed ? test.problems : [])
      result.group = "\(report.run.name).\(test.kind.rawValue)"
      if test.status == .skipped { result.skipped = test.problems.first ?? "" }
      return result
    }
    let suite = JUnitDocument.Suite(name: report.run.name, cases: cases)
    return JUnitDocument(suite, nanoseconds: report.run.realNanoseconds).text
  }
}
