public import PatchbayCore

/// Where events wait that a sink hasn't taken yet: the `buffer` of a sink's entry.
public enum BufferChoice: OptionUnion, Equatable {
  /// In memory, and whoever has more waits.
  case wait(WaitingBuffer)
  /// In a spool on the disk.
  case spool(SpoolBuffer)

  /// A few batches in memory.
  public static let standard = BufferChoice.wait(WaitingBuffer())

  /// The forms in a configuration.
  public static let cases: [OptionCase<BufferChoice>] = [
    .init(
      "wait", BufferChoice.wait,
      doc: "In memory; if the sink is slow, everything before it waits for it."),
    .init(
      "spool", BufferChoice.spool,
      doc:
        "On the disk; a sink that is slow or dead stops nobody, and what it hasn't taken when the run "
        + "ends is delivered by the next one."),
  ]

  /// How many batches may wait before the stage in memory.
  var credits: Int {
    if case .wait(let buffer) = self { buffer.batches } else { WaitingBuffer().batches }
  }

  /// How the spool is bounded; nil without one.
  package var spool: SpoolBuffer? { if case .spool(let buffer) = self { buffer } else { nil } }
}

/// The bound of a buffer in memory.
public struct WaitingBuffer: OptionGroup, Equatable {
  /// How many batches may wait.
  public var batches = Channel.defaultCredits

  /// Makes the bound that holds when nothing is said.
  public init() {}

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    batches = options.value(
      "batches", default: Channel.defaultCredits, .range(1...100_000),
      doc: "How many batches, of up to 256 events each, may wait before whoever has more has to.")
  }
}

/// The bounds of a spool.
public struct SpoolBuffer: OptionGroup, Equatable {
  /// How much of the disk it may take.
  public var bytes = ByteCount.gibibytes(1)
  /// How long an event may wait in it, in real time.
  public var age = Duration.seconds(7 * 86_400)

  /// Makes the bounds that hold when nothing is said.
  public init() {}

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    self.init()
    bytes = options.value(
      "bytes", default: bytes, .atLeast(.mebibytes(1)),
      doc: "How much of the disk it may take; what doesn't fit any more fails, by name.")
    age = options.value(
      "age", default: age, .atLeast(.seconds(1)),
      doc: "How long an event may wait in it, in real time; older ones are dropped, by name.")
  }
}
