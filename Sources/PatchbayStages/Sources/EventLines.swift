import PatchbayCore

/// Turns JSON lines into events; lines that can't be become rejected records.
struct EventLines {
  private let name: String
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private let longest: ByteCount
  private var splitter: LineSplitter
  private(set) var lines = 0
  private(set) var badLines = 0

  init(name: String, longest: ByteCount, outlet: SourceOutlet, clock: any PipelineClock) {
    self.name = name
    self.outlet = outlet
    self.clock = clock
    self.longest = longest
    splitter = LineSplitter(longest: longest.bytes)
  }

  /// Emits the events whose lines end in these bytes, and the last line at the end.
  mutating func emit(_ chunk: [UInt8]) async throws {
    let isAtEnd = chunk.isEmpty
    var batch = outlet.makeBatch()
    let ended = splitter.lines(in: chunk) + (isAtEnd ? [splitter.finish()].compactMap { $0 } : [])
    for line in ended {
      if let bytes = line.bytes, bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      lines += 1
      guard let problem = append(line, to: &batch) else { continue }
      badLines += 1
      // In order: what came before the bad line goes first.
      try await outlet.emit(batch)
      batch = outlet.makeBatch()
      try await outlet.reject(
        EventFields(sequenceID: "line-\(line.number)"), code: "line.malformed",
        reason: "\(name):\(line.number)\(problem)")
    }
    try await outlet.emit(batch)
  }

  /// Appends a line's event, or says what is wrong with it.
  private func append(_ line: LineSplitter.Line, to batch: inout EventBatch) -> String? {
    guard let bytes = line.bytes else { return ": is longer than \(longest.optionText)" }
    do {
      try EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: clock.now)
      return nil
    } catch {
      return ":\(error.column): \(error.message)"
    }
  }
}
