import PatchbayCore

/// Turns JSON lines into events; lines that can't be become rejected records.
struct EventLines {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private var reader: EventLineReader
  private var splitter: LineSplitter
  private var events: PacedEvents
  private(set) var lines = 0
  private(set) var badLines = 0

  /// - Parameter shape: of the events in the lines; nil if it is ours.
  init(
    name: String, _ options: LineSourceOptions, shape: (any EventShapeReader)?,
    outlet: SourceOutlet, clock: any PipelineClock
  ) {
    let longest = options.longestLine
    self.outlet = outlet
    self.clock = clock
    events = PacedEvents(options.pace, outlet: outlet, clock: clock)
    reader = EventLineReader(
      name: name, longest: longest, symbols: outlet.makeBatch().symbols, shape: shape)
    splitter = LineSplitter(longest: longest.bytes)
  }

  /// Members of a shape of which no line had anything so far, if there were events.
  var unseen: [String] { lines > badLines ? reader.unseen : [] }

  /// Emits the events whose lines end in these bytes, and the last line at the end.
  mutating func emit(_ chunk: [UInt8]) async throws {
    let isAtEnd = chunk.isEmpty
    // They all have come at the same time.
    let now = clock.now
    let ended = splitter.lines(in: chunk) + (isAtEnd ? [splitter.finish()].compactMap { $0 } : [])
    for line in ended where !EventLineReader.isBlank(line) {
      lines += 1
      try await events.makeRoom()
      do throws(MalformedLine) {
        try reader.append(line, to: &events.batch, intended: now)
      } catch {
        badLines += 1
        // In order: what came before the bad line goes first.
        try await events.flush()
        try await error.reject(to: outlet)
        continue
      }
      try await events.pace()
    }
    try await events.flush()
  }
}
