import PatchbayCore

extension Forecast.Load {
  /// How long the longest bar is.
  private static let width = 40

  /// The load as rows of a table: a moment, and a bar for what comes from then on.
  var rows: [(String, String)] {
    let peak = rates.max() ?? 0
    var rows: [(String, String)] = []
    // What stays the same needs one bar.
    let isFlat = rates.allSatisfy { $0 == peak }
    for (index, rate) in (isFlat ? rates.prefix(1) : rates[...]).enumerated() {
      let length = peak > 0 ? Int((rate / peak * Double(Self.width)).rounded()) : 0
      let bar = String(repeating: "█", count: length)
      let start = duration * index / max(1, rates.count)
      rows.append((start.optionText, "\(bar) \(Self.text(rate))/s"))
    }
    rows.append((duration.optionText, "the end"))
    if let note { rows.append(("", note)) }
    return rows
  }

  private static func text(_ rate: Double) -> String {
    let tenths = (rate * 10).rounded() / 10
    return tenths == tenths.rounded() && tenths < 1e15 ? String(Int(tenths)) : String(tenths)
  }
}
