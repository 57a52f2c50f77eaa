import EventMapping
import PatchbayCore

/// Tells the records of a file that grows as they come, until the task is cancelled.
///
/// What comes is told at once, each record's events together: a service is told when its end is known.
struct RecordFollower {
  /// How often somebody looks whether there is more, in real time.
  private static let interval = Duration.milliseconds(200)

  let path: String
  /// Whether what is there already is only read, to know what it begins.
  let skipsPast: Bool

  /// Reads the file and gives what it holds to whom tells it.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, or isn't what it is read as; `CancellationError`.
  func run<Teller: RecordTeller & ~Copyable>(_ teller: inout Teller) async throws {
    let file = FollowedFile(path)
    var isPast = skipsPast
    var hasRead = false
    while true {
      switch try await file.next() {
      case .bytes(let bytes):
        hasRead = true
        try await teller.take(bytes, isTold: !isPast)
      case .replaced:
        isPast = false
        if hasRead { try await teller.take([], isTold: true) }
        hasRead = false
        teller.beginAnew(path)
      case .pause:
        try await teller.settle(isTold: !isPast)
        isPast = false
        try await teller.flush()
        try await RealClock().sleep(for: Self.interval)
      }
    }
  }
}

/// Tells what records hold.
protocol RecordTeller: ~Copyable {
  /// Takes the next bytes; none are the file's end.
  ///
  /// - Parameter isTold: whether what they hold is told, and not only known.
  mutating func take(_ bytes: [UInt8], isTold: Bool) async throws

  /// Takes in what has come of a file's beginning so far, however little it is.
  mutating func settle(isTold: Bool) async throws

  /// Goes on with another file of the same path.
  mutating func beginAnew(_ path: String)

  /// Tells all that is known.
  mutating func flush() async throws
}

/// Tells services as they come.
struct ServiceTeller: RecordTeller, ~Copyable {
  private var files: ServiceFiles
  private(set) var replay: ServiceReplay
  private let outlet: SourceOutlet
  private let reject: (String, EventPlace, Int) async throws -> Void

  init(
    _ files: ServiceFiles, _ replay: consuming ServiceReplay, _ outlet: SourceOutlet,
    reject: @escaping (String, EventPlace, Int) async throws -> Void
  ) {
    self.files = files
    self.replay = replay
    self.outlet = outlet
    self.reject = reject
  }

  /// What there was, so far.
  var tally: RecordTally { files.currentTally }

  mutating func take(_ bytes: [UInt8], isTold: Bool) async throws {
    try await tell(files.take(bytes), isTold: isTold)
  }

  mutating func settle(isTold: Bool) async throws {
    try await tell(files.settle(), isTold: isTold)
  }

  private mutating func tell(_ findings: [ServiceFiles.Finding], isTold: Bool) async throws {
    for finding in findings where isTold {
      switch finding {
      case .service(let service, _): try await replay.take(service)
      case .problem(let problem, let place, let number): try await reject(problem, place, number)
      }
    }
    if !isTold { files.forgetTally() }
  }

  mutating func beginAnew(_ path: String) { files.beginAnew(path) }

  mutating func flush() async throws { try await replay.flush() }
}
