import PatchbayCore

/// The end of a time that starts when it is made.
struct Deadline {
  private let start = MonotonicInstant.now
  private let nanoseconds: Int64

  init(in duration: Duration) {
    nanoseconds = duration.wholeNanoseconds
  }

  /// How much is left, in nanoseconds; 0 when it is over.
  var nanosecondsLeft: Int64 { max(0, nanoseconds - start.elapsedNanoseconds) }

  /// Whether it is over.
  var isOver: Bool { nanosecondsLeft == 0 }
}
