import PatchbayCore

extension Spool {
  /// What there is to do for whoever reads.
  enum Step {
    case read(from: SpoolMark, upTo: Int)
    case wait
    case end
  }

  struct State {
    var receipts: SpoolReceipts
    /// How far each segment can be read, by its number.
    var lengths: [Int: Int]
    /// The segment that is being written.
    var active: (number: Int, file: RecordFile)?
    /// Where the next frame to be given out begins.
    var place: SpoolMark
    /// What was given out and isn't done with.
    var open: Set<SpoolMark> = []
    /// Whether nothing more is kept.
    var isEnded = false
    /// Whether nothing more is given out.
    var isStopped = false
    var reader: ParkedTask?
    /// Is told when nothing more is kept.
    var whenEnded: AsyncStream<Never>.Continuation?
    /// Receipts that aren't written down yet, and the file for them.
    var pending: [UInt8] = []
    var receiptFile: RecordFile?
    var isScheduled = false
    /// Events that were kept by this run before it was interrupted.
    var recalled = RecalledKeys()

    /// The number of the last segment that was made.
    var lastNumber = 0
    /// Whether what is done with stays until the end.
    var keepsAll = false
    /// Where something stands that couldn't be cut off again.
    var uncut: [SpoolMark] = []

    /// How many bytes the segments have that aren't done with.
    var bytesInUse: Int {
      let first = start.segment
      return lengths.reduce(0) { $0 + ($1.key >= first ? $1.value : 0) }
    }

    /// The first place that isn't done with.
    var start: SpoolMark { (open + uncut).min().map { min($0, place) } ?? place }

    mutating func step() -> Step {
      if isStopped { return .end }
      while true {
        if let length = lengths[place.segment], place.offset < length {
          return .read(from: place, upTo: length)
        }
        guard let next = lengths.keys.filter({ $0 > place.segment }).min() else {
          return isEnded ? .end : .wait
        }
        place = SpoolMark(segment: next, offset: FrameFile.nameLength)
      }
    }

    mutating func takeReader() -> ParkedTask? {
      defer { reader = nil }
      return reader
    }

    mutating func schedules() -> Bool {
      defer { isScheduled = true }
      return !isScheduled
    }

    /// Whether nothing is left that isn't done with.
    var isDone: Bool { open.isEmpty && uncut.isEmpty && isAtEnd }

    /// Whether nothing is left to be given out.
    var isAtEnd: Bool {
      !lengths.contains { number, length in
        number > place.segment || (number == place.segment && place.offset < length)
      }
    }
  }
}
