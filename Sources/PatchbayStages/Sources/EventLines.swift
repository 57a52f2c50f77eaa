import PatchbayCore

/// Turns JSON lines into events; lines that can't be become rejected records.
struct EventLines {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private var reader: EventLineReader
  private var splitter: LineSplitter
  private(set) var lines = 0
  private(set) var badLines = 0

  init(name: String, longest: ByteCount, outlet: SourceOutlet, clock: any PipelineClock) {
    self.outlet = outlet
    self.clock = clock
    reader = EventLineReader(
      name: name, longest: longest, symbols: outlet.makeBatch().symbols)
    splitter = LineSplitter(longest: longest.bytes)
  }

  /// Emits the events whose lines end in these bytes, and the last line at the end.
  mutating func emit(_ chunk: [UInt8]) async throws {
    let isAtEnd = chunk.isEmpty
    // They all have come at the same time.
    let now = clock.now
    var batch = outlet.makeBatch()
    let ended = splitter.lines(in: chunk) + (isAtEnd ? [splitter.finish()].compactMap { $0 } : [])
    for line in ended where !EventLineReader.isBlank(line) {
      lines += 1
      if batch.count == outlet.batchSize {
        try await outlet.emit(batch)
        batch = outlet.makeBatch()
      }
      do throws(MalformedLine) {
        try reader.append(line, to: &batch, intended: now)
      } catch {
        badLines += 1
        // In order: what came before the bad line goes first.
        try await outlet.emit(batch)
        batch = outlet.makeBatch()
        try await error.reject(to: outlet)
      }
    }
    try await outlet.emit(batch)
  }
}
