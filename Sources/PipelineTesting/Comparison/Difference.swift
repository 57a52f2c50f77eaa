import PatchbayCore

/// One thing that didn't come out as a test expects it.
package struct Difference: Sendable, Equatable {
  /// What it is about: `requests["POST /events"][1].at`.
  package let path: String
  /// What is different, in one line.
  package let message: String
  /// More lines, for lists.
  package var details: [String]

  /// The difference and its details as lines to show.
  package var lines: [String] {
    [path.isEmpty ? message : "\(path): \(message)"] + details.map { "  \($0)" }
  }

  init(_ path: OptionPath, _ message: String, details: [String] = []) {
    self.path = path.description
    self.message = message
    self.details = details
  }
}
