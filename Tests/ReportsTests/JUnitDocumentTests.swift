import Foundation
import PatchbayTesting
import Reports
import Testing

/// The XML that CI systems read.
struct JUnitDocumentTests {
  private let document = JUnitDocument([
    .init(
      name: "a.test.json",
      cases: [
        .init(name: "fine", nanoseconds: 1_500_000_000, problems: []),
        .init(
          name: "not <fine> & \"quoted\"", nanoseconds: 0,
          problems: ["exit_code: expected 0, found 99", "  a\u{1}b"], output: ["line <1>"]),
      ])
  ])

  @Test func `it holds counts, times, problems and output`() {
    #expect(
      document.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="patchbay" tests="2" failures="1" errors="0" time="1.500">
          <testsuite name="a.test.json" tests="2" failures="1" errors="0" skipped="0" time="1.500">
            <testcase name="fine" classname="a.test.json" time="1.500"/>
            <testcase name="not &lt;fine&gt; &amp; &quot;quoted&quot;" classname="a.test.json" time="0.000">
              <failure message="exit_code: expected 0, found 99" type="expectation">exit_code: expected 0, found 99
          a\u{FFFD}b</failure>
              <system-out>line &lt;1&gt;</system-out>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  /// Nil where it isn't: make names the folder whether it is there or not.
  private static let schema = ProcessInfo.processInfo.environment["PATCHBAY_DATA"]
    .map { $0 + "/schemas/jenkins-xunit-junit-10.xsd" }
    .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] != nil && schema != nil,
      "PATCHBAY_PYTHON is not set, or PATCHBAY_DATA has no schemas: JUnit isn't held against Jenkins'"
    ))
  func `it follows the schema of Jenkins' xUnit plugin`() throws {
    let environment = ProcessInfo.processInfo.environment
    let folder = try TemporaryFolder.make()
    try document.text.write(toFile: folder + "/r.xml", atomically: true, encoding: .utf8)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: environment["PATCHBAY_PYTHON"] ?? "")
    process.arguments = [
      root.appending(path: "scripts/check-xml").path,
      try #require(Self.schema),
      folder + "/r.xml",
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
