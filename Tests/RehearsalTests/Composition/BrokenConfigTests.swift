import PatchbayCore
import PatchbayRuntime
import Reports
import Testing

/// Every broken configuration beside the tests prints exactly the diagnostics beside it.
struct BrokenConfigTests {
  @Test func `there are enough of them`() {
    #expect(BrokenConfig.all.count >= 120)
  }

  @Test(arguments: BrokenConfig.all)
  func `the diagnostics are those beside the file`(fixture: BrokenConfig) throws {
    let result = try fixture.result()
    #expect(result.plan == nil)
    let diagnostics = Diagnostics(result.issues, sources: result.sources)
    let lines = diagnostics.lines + ["\(fixture.name) is refused: \(diagnostics.errorCount)"]
    #expect(lines.joined(separator: "\n") + "\n" == fixture.expected)
  }

  @Test func `issues come in document order`() throws {
    for fixture in BrokenConfig.all {
      let positions = try fixture.result().issues.map(\.position)
      #expect(positions == positions.sorted(), "\(fixture.name)")
    }
  }

  @Test func `every kind of issue that types of this program cause occurs`() throws {
    let occurring = Set(try BrokenConfig.all.flatMap { try $0.result().issues.map(\.code) })
    // The fourth is never beside an error, the last one is about tests.
    let uncaused: Set<ConfigIssue.Code> = [
      .renamedOption, .setTwice, .declaredSometimes, .unusedTemplate, .untestableStage,
    ]
    let missing = ConfigIssue.Code.all.filter { !occurring.contains($0) && !uncaused.contains($0) }
    #expect(missing.map(\.id) == [])
  }
}
