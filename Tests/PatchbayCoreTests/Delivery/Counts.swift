import PatchbayCore

extension SettlementCounts {
  /// The counts as a line, for expectations.
  var line: String { "\(emitted) = \(delivered) + \(rejected) + \(failed) + \(abandoned)" }
}
