public import PatchbayCore

/// The `run` section: how a run is executed.
public struct RunOptions: OptionGroup {
  /// Chooses every random draw.
  public var seed: UInt64 = 0
  /// The clock.
  public var clock = ClockChoice.real
  /// The start on the virtual clock: 2026-01-01, unless it is chosen.
  public var epoch = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
  /// Whether another run of the same seed makes the same ids, so that a target recognises what it has had.
  public var repeatable = false
  /// How long the run may take on its clock; nil means as long as it needs.
  public var deadline: Duration?
  /// How long a shutdown may take, in real time.
  public var drain = Duration.seconds(10)
  /// Where run folders are made.
  public var directory = "runs"
  /// How many run folders are kept beside the new one.
  public var keep = 20
  /// How many of them keep their audits; nil for all.
  public var keepAudits: Int?

  /// What latencies are told apart by, beside what thresholds name.
  public var latencyBy: [LatencyLabel] = []

  /// Whether the run keeps a journal, by which it can be gone on with; nil for one if an injector sends to
  /// another machine.
  public var journal: Bool?

  /// Makes the options that take effect when nothing is said.
  public init() {}

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    self.init()
    let number = options.value(
      "seed", default: 0, .atLeast(0), doc: "Chooses every random draw: same seed, same events.")
    seed = UInt64(clamping: number)
    clock = options.value(
      "clock", default: clock,
      doc: "The run's clock: real, virtual (waits take no time), or a factor such as 60x.")
    epoch = options.value(
      "epoch", default: epoch,
      doc: "When the virtual clock starts, and what times in repeatable ids count from.")
    repeatable = options.value(
      "repeatable", default: repeatable,
      doc:
        "Whether another run of the same name and seed makes the same sequence ids and idempotency "
        + "keys, on every clock: a target that has had the events recognises them.")
    deadline = options.optional(
      "deadline", .atLeast(.milliseconds(1)),
      doc: "How long the run may take on its clock; then the sources are stopped and it drains.")
    drain = options.value(
      "drain", default: drain, .atLeast(.milliseconds(1)),
      doc: "How long a shutdown may take, in real time; then what is left is abandoned.")
    directory = options.value(
      "directory", default: directory, .nonEmpty, .path,
      doc: "The folder in which each run makes its own.")
    keep = options.value(
      "keep", default: keep, .range(1...100_000),
      doc: "How many run folders are kept; older ones are removed when a run starts, without "
        + "audits and without those whose run goes on.")
    keepAudits = options.optional(
      "keep_audits", .range(1...1_000_000),
      doc: "How many runs keep their audits, at least those that \"keep\" keeps; left out, audits "
        + "are never removed.")
    latencyBy = options.value(
      "latency_by", default: [],
      doc: "What service and response times are told apart by, beside what thresholds name: up to "
        + "24 states or endpoints each.")
    journal = options.optional(
      "journal",
      doc:
        "Whether what is about to be sent is on the disk before, and what became of it after, so that "
        + "`patchbay run --resume` can go on after any end; left out, it is if an injector sends to "
        + "another machine.")
  }
}

/// Which clock a run uses.
public enum ClockChoice: OptionText, Equatable {
  /// The system's time.
  case real
  /// Waits take no time.
  case virtual
  /// A factor times the system's time.
  case scaled(Int)

  /// How it is written.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("clock", "virtual", "^(real|virtual|[1-9][0-9]{0,5}x)$")
  }

  /// Reads it as it is written.
  public init?(optionText text: String) {
    switch text {
    case "real": self = .real
    case "virtual": self = .virtual
    default:
      guard text.hasSuffix("x"), text.count <= 7, text.first != "0",
        text.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let factor = Int(text.dropLast())
      else { return nil }
      self = .scaled(factor)
    }
  }

  /// It as it is written.
  public var optionText: String {
    switch self {
    case .real: "real"
    case .virtual: "virtual"
    case .scaled(let factor): "\(factor)x"
    }
  }

  /// Makes the clock.
  ///
  /// - Parameters:
  ///   - epoch: where virtual time begins.
  ///   - now: where any other does.
  func makeClock(epoch: Timestamp, now: Timestamp) -> any PipelineClock {
    switch self {
    case .real: RealClock(start: now)
    case .virtual: VirtualClock(start: epoch)
    case .scaled(let factor): ScaledClock(factor: Double(factor), start: now)
    }
  }
}

extension Timestamp: OptionText {
  /// How it is written.
  public static var grammar: (name: String, example: String, pattern: String?) {
    (
      "timestamp", "2026-01-31T09:30:00Z",
      #"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"#
        + "([Zz]|[+-][0-9]{2}:[0-9]{2})$"
    )
  }

  /// Reads it as it is written.
  public init?(optionText text: String) { self.init(text) }

  /// It as it is written.
  public var optionText: String { description }
}
