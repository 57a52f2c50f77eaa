/// Writes times as `Timestamp.description` has them, one after the other; those of one day cost little.
struct TimestampWriter: Sendable {
  private static let nanosecondsPerDay: Int64 = 86_400_000_000_000

  /// Midnight in UTC of the last time's day, and what its date looks like.
  private var midnight: Int64 = 0
  private var date: [UInt8] = []

  @inline(__always)
  mutating func write(_ timestamp: Timestamp, to text: inout RawText) {
    var (rest, overflow) = timestamp.nanoseconds.subtractingReportingOverflow(midnight)
    if overflow || rest < 0 || rest >= Self.nanosecondsPerDay || date.isEmpty {
      rest = start(dayOf: timestamp)
    }
    date.withUnsafeBufferPointer { text.put($0) }
    let (seconds, nanoseconds) = Int(rest).quotientAndRemainder(dividingBy: 1_000_000_000)
    let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    text.put(hour, digits: 2)
    text.put(UInt8(ascii: ":"))
    text.put(minute, digits: 2)
    text.put(UInt8(ascii: ":"))
    text.put(second, digits: 2)
    text.put(UInt8(ascii: "."))
    text.put(nanoseconds, digits: 9)
    text.put(UInt8(ascii: "Z"))
  }

  /// Notes another day; gives the nanoseconds since its midnight.
  private mutating func start(dayOf timestamp: Timestamp) -> Int64 {
    var rest = timestamp.nanoseconds % Self.nanosecondsPerDay
    if rest < 0 { rest += Self.nanosecondsPerDay }
    // The first day of all has begun before the first time.
    let (midnight, overflow) = timestamp.nanoseconds.subtractingReportingOverflow(rest)
    self.midnight = overflow ? .max : midnight
    date = Array(timestamp.description.utf8.prefix(11))
    return rest
  }
}
