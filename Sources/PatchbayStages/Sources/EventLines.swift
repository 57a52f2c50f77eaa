import PatchbayCore

/// Turns JSON lines into events; lines that can't be become rejected records.
struct EventLines {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private var reader: EventLineReader
  private var splitter: LineSplitter
  /// Tells when events are due; nil if nothing is waited for.
  private var keeper: PaceKeeper?
  /// How many events have been made.
  private var made = 0
  private(set) var lines = 0
  private(set) var badLines = 0

  init(
    name: String, _ options: LineSourceOptions, outlet: SourceOutlet, clock: any PipelineClock
  ) {
    let longest = options.longestLine
    self.outlet = outlet
    self.clock = clock
    if case .recorded(let recorded) = options.pace {
      keeper = PaceKeeper(recorded, start: outlet.startedAt)
    }
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
        continue
      }
      made += 1
      if keeper != nil { try await pace(&batch) }
    }
    try await outlet.emit(batch)
  }

  /// Waits until the last event of a batch is due, and sends those before it first.
  private mutating func pace(_ batch: inout EventBatch) async throws {
    let last = batch.count - 1
    let event = batch[last]
    var due = event.has(.timestamp) ? keeper?.due(event.timestamp) : nil
    let isRepeated = made <= outlet.pastEvents
    if made == outlet.pastEvents + 1, made > 1, let time = due {
      // The run was interrupted here: what comes now is as far from the present as it was from then.
      let now = clock.now
      keeper?.postpone(byNanoseconds: now.nanosecondsSince(time))
      due = max(time, now)
    }
    batch[last].intended = due ?? clock.now
    guard let due else { return }
    if isRepeated || due <= clock.now { return }
    let paced = batch.extract([last])
    try await outlet.emit(batch.extract(Array(0..<last)))
    try await outlet.wait(until: due)
    batch = paced
  }
}
