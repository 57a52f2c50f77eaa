/// At which pace a source emits what carries times of its own.
public enum Pace: OptionUnion, Equatable {
  /// Without waiting for any time.
  case asFastAsPossible
  /// As the times say.
  case recorded(RecordedPace)

  /// The forms in a configuration.
  public static let cases: [OptionCase<Pace>] = [
    .init("as-fast-as-possible", .asFastAsPossible, doc: "Without waiting for any time."),
    .init(
      "recorded", Pace.recorded,
      doc: "With the distances between the times that events carry; the first comes at once."),
  ]
}

/// How recorded times are kept.
public struct RecordedPace: OptionGroup, Equatable {
  /// How many times as fast as they were recorded.
  public var speed = 1.0
  /// How long nothing may come at the most, as it was recorded; nil for any time.
  public var longestGap: Duration?

  /// Makes the pace that holds when nothing is said: as it was.
  public init() {}

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    speed = options.value(
      "speed", default: 1.0, .range(0.001...1_000_000),
      doc: "How many times as fast as it was recorded.")
    longestGap = options.optional(
      "longest_gap", .range(.milliseconds(1) ... .seconds(366 * 86_400)),
      doc: "How long nothing may come at the most, as it was recorded; longer gaps are cut to this."
    )
  }
}

/// Tells when recorded things are due, one after the other.
///
/// What has an earlier time than something before it is due with that.
public struct PaceKeeper: Sendable {
  private let pace: RecordedPace
  private var start: Timestamp
  private var last: Timestamp?
  /// How far the last one is from the start, in nanoseconds.
  private var offset = 0.0

  /// Makes one.
  ///
  /// - Parameters:
  ///   - pace: how times are kept.
  ///   - start: when the first is due.
  public init(_ pace: RecordedPace, start: Timestamp) {
    self.pace = pace
    self.start = start
  }

  /// When something is due that was recorded at a time.
  public mutating func due(_ time: Timestamp) -> Timestamp {
    if let last, time > last {
      let gap = Double(time.nanosecondsSince(last))
      let longest = pace.longestGap.map { Double($0.wholeNanoseconds) } ?? .infinity
      offset += min(gap, longest) / pace.speed
    }
    last = max(last ?? time, time)
    return start.advanced(byNanoseconds: Int64(saturating: offset.rounded()))
  }

  /// Lets all that comes later be later by so much, as after an interruption.
  public mutating func postpone(byNanoseconds delay: Int64) {
    start = start.advanced(byNanoseconds: max(0, delay))
  }
}
