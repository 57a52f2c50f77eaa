import PatchbayCore

/// How one test came out.
package struct CaseResult: Sendable {
  /// The test's name.
  package let name: String
  /// What is different from what it expects; empty if it passed.
  package let differences: [Difference]
  /// What was printed, to look at when it failed.
  package let console: [String]
  /// What was sent, request by request: where to and when, then its body.
  package let requests: [String]
  /// How long it took in real time, in nanoseconds.
  package let nanoseconds: Int64
  /// How long the run took on its own clock.
  package let virtualTime: Duration

  /// Whether everything came out as expected.
  package var passed: Bool { differences.isEmpty }
}
