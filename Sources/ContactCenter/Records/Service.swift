import PatchbayCore

/// One service from a call log: who, which call, from when to when.
package struct CallLogRow: Sendable {
  let line: Int
  let agent: UUIDBits
  let interaction: UUIDBits
  let day: Int
  /// Seconds since 1970.
  let start: Int
  /// Seconds since 1970; on the next day if the log's exit is before its start.
  let end: Int
}
