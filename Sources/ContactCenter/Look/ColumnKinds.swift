import EventMapping
import PatchbayCore

/// Finds out how the values of a column are written.
enum ColumnKinds {
  /// A pattern and its text.
  private struct Known {
    let text: String
    let pattern: TimePattern

    init?(_ text: String) {
      guard let pattern = TimePattern(text) else { return nil }
      self.text = text
      self.pattern = pattern
    }

    func reads(_ value: [UInt8]) -> Bool {
      guard let reading = pattern.read(value) else { return false }
      return CivilDate(year: reading.year, month: reading.month, day: reading.day) != nil
    }

    /// Seconds, months of 31 days.
    func seconds(_ value: [UInt8]) -> Int {
      guard let reading = pattern.read(value) else { return 0 }
      return ((reading.year * 12 + reading.month) * 31 + reading.day) * 86_400
        + reading.hour * 3_600 + reading.minute * 60 + reading.second
    }
  }

  private static let dates = [
    "yyyy-MM-dd", "yyyy/M/d", "M/d/yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy",
    "yyyyMMdd", "yyMMdd", "M/d/yy", "d/M/yy", "d.M.yy", "d MMM yyyy", "MMM d yyyy", "MMM d, yyyy",
    "d-MMM-yyyy", "EEE, d MMM yyyy", "EEE d MMM yyyy",
  ].compactMap { Known($0) }
  private static let clocks = [
    "H:mm:ss", "h:mm:ss a", "H:mm", "h:mm a", "H:mm:ss.S", "h:mm:ssa", "h:mma",
  ].compactMap { Known($0) }
  private static let times = dates.flatMap { date in
    [" ", "'T'", ", ", "  ", "_"].flatMap { joint in
      clocks.flatMap { clock in
        ["", " X", "X"].compactMap { zone in Known(date.text + joint + clock.text + zone) }
      }
    }
  }

  /// - Returns: the kind, and another pattern by which dates can be read as well.
  static func kind(of values: [String]) -> (SampledColumn.Kind, otherReading: String?) {
    if values.isEmpty { return (.nothing, nil) }
    let texts = values.map { Array($0.utf8) }
    if let epoch = epoch(values) { return (.time(epoch), nil) }
    var iso = TimeReader(.iso, zone: .universal)
    if texts.allSatisfy({ iso.moment($0[...]) != nil }) { return (.time(.iso), nil) }
    if let clock = fitting(clocks, texts).first { return (.clock(clock.text), nil) }
    let found = fitting(dates, texts)
    if let best = likeliest(found, texts) {
      return (.date(best), otherReading(than: best, found))
    }
    let both = fitting(times, texts)
    if let best = likeliest(both, texts) {
      return (.time(.pattern(best)), otherReading(than: best, both))
    }
    return (values.allSatisfy { Double($0) != nil } ? .number : .text, nil)
  }

  /// Whether a value is an earlier time than another one of the same kind.
  static func isEarlier(_ one: String, than other: String, _ kind: SampledColumn.Kind) -> Bool {
    switch kind {
    case .time(let format):
      var reader = TimeReader(format, zone: .universal)
      let times = [one, other].map { reader.moment(Array($0.utf8)[...]) }
      guard let first = times[0], let second = times[1] else { return false }
      return first < second
    case .clock(let text):
      guard let known = Known(text) else { return false }
      return known.seconds(Array(one.utf8)) < known.seconds(Array(other.utf8))
    case .nothing, .date, .number, .text: return false
    }
  }

  /// Seconds, milliseconds or microseconds since 1970, if all are between 2000 and 2100.
  private static func epoch(_ values: [String]) -> TimeFormat? {
    let numbers = values.compactMap { Double($0) }
    guard numbers.count == values.count else { return nil }
    for (format, unit) in [
      (TimeFormat.epochSeconds, 1.0), (.epochMilliseconds, 1e3), (.epochMicroseconds, 1e6),
    ] where numbers.allSatisfy({ (946_684_800...4_102_444_800).contains($0 / unit) }) {
      return format
    }
    return nil
  }

  private static func fitting(_ patterns: [Known], _ texts: [[UInt8]]) -> [Known] {
    patterns.filter { known in texts.allSatisfy(known.reads) }
  }

  /// The pattern by which the values are most in the order of time, as logs are, and least far apart.
  private static func likeliest(_ patterns: [Known], _ texts: [[UInt8]]) -> String? {
    if patterns.count < 2 { return patterns.first?.text }
    let ranked = patterns.enumerated().map { place, known in
      let times = texts.map(known.seconds)
      let steps = zip(times, times.dropFirst()).count { $0 > $1 }
      return (steps, (times.max() ?? 0) - (times.min() ?? 0), place, known.text)
    }
    return ranked.min { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }?.3
  }

  /// A pattern that takes days for months or the other way round, and fits as well.
  private static func otherReading(than best: String, _ all: [Known]) -> String? {
    let swapped = String(
      best.map { $0 == "M" ? "d" : $0 == "d" ? "M" : $0 })
    return all.first { $0.text == swapped && swapped != best }?.text
  }
}
