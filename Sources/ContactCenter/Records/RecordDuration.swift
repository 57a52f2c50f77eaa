/// Reads durations of records: `0:01:02`, `1:02`, `62`, `62.5`.
enum RecordDuration {
  /// Nil for what is written otherwise, or is longer than a hundred days.
  static func nanoseconds(_ text: String) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var seconds: Int64 = 0
    for part in parts.dropLast() {
      guard (1...6).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int64(part)
      else { return nil }
      seconds = (seconds + number) * 60
    }
    let last = parts[parts.count - 1].split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(last.count),
      last.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      last[0].utf8.count <= 9, let whole = Int64(last[0])
    else { return nil }
    // In `1:62` and `1:75:00` something is amiss.
    if parts.count > 1, whole > 59 { return nil }
    if parts.count == 3, Int(parts[1]) ?? 60 > 59 { return nil }
    var fraction: Int64 = 0
    if last.count == 2 {
      var scale: Int64 = 1_000_000_000
      for digit in last[1].utf8 {
        scale /= 10
        fraction += Int64(digit - 0x30) * scale
      }
    }
    let total = seconds + whole
    return total > 8_640_000 ? nil : total * 1_000_000_000 + fraction
  }
}
