import PatchbayCore
import Testing

struct FindingsTests {
  @Test func `a metric is set, read and taken away`() {
    var findings = Findings()
    #expect(findings["matched"] == nil)
    findings["matched"] = 1
    findings["missing"] = 0
    #expect(findings["matched"] == 1)
    #expect(findings["missing"] == 0)
    findings["missing"] = nil
    findings["other"] = nil
    #expect(findings["missing"] == nil)
    #expect(findings.metrics.map(\.name) == ["matched"])
  }

  @Test func `a metric can be counted up`() {
    var findings = Findings()
    for _ in 0..<3 { findings["matched"] = (findings["matched"] ?? 0) + 1 }
    #expect(findings["matched"] == 3)
    #expect(findings.metrics.count == 1)
  }

  @Test func `metrics keep the order they were set in`() {
    var findings = Findings()
    for name in ["c", "a", "b"] { findings[name] = 1 }
    #expect(findings.metrics.map(\.name) == ["c", "a", "b"])
    findings["c"] = 2
    #expect(findings.metrics.map { "\($0.name) \($0.value)" } == ["c 2.0", "a 1.0", "b 1.0"])
  }

  @Test func `findings are equal if all of them are`() {
    var one = Findings()
    one["a"] = 1
    one.notes = ["late by 3 s"]
    one.tables = [Findings.Table(title: "t", columns: ["x"], rows: [["1"], ["2"]])]
    var other = one
    #expect(one == other)
    other.tables[0].rows.removeLast()
    #expect(one != other)
  }
}
