import PatchbayCore
import PipelineTesting

/// Prints how tests come out, as they do.
struct TestPrinter {
  /// Whether what was sent is shown.
  let showsRequests: Bool
  private(set) var count = 0
  private(set) var failures = 0
  private var nanoseconds: Int64 = 0

  init(showsRequests: Bool) { self.showsRequests = showsRequests }

  mutating func begin(_ path: String) {
    print(path)
  }

  mutating func show(_ result: CaseResult) {
    count += 1
    nanoseconds += result.nanoseconds
    let milliseconds = result.nanoseconds / 1_000_000
    let time = "\(milliseconds)ms, \(result.virtualTime.optionText) on the virtual clock"
    print("  \(result.passed ? "✓" : "✗") \(result.name) (\(time))")
    if showsRequests {
      for line in result.requests { print("      \(line)") }
    }
    guard !result.passed else { return }
    failures += 1
    for line in result.differences.flatMap(\.lines) { print("      \(line)") }
  }

  func end() {
    print(
      "\n\(count - failures) passed, \(failures) failed"
        + " (\(nanoseconds / 1_000_000)ms)")
  }
}
