package import PatchbayCore
import Synchronization

/// Events on the disk before a sink that hasn't taken them yet, and its documents.
///
/// What is kept is appended to segments, whole and with checksums, and is on the disk when `keep` returns. It
/// is given out in order, by `next`; what the sink has made of it is written down, so that the next run goes
/// on behind. A segment that is done with is removed. The folder is locked while the spool is open.
package final class Spool: Sendable {
  /// How long a segment becomes before the next one is begun, in bytes.
  private static let segmentLength = 16 << 20
  /// How long the file of receipts becomes before it is made anew, in bytes.
  static let receiptsLength = 1 << 20
  /// How much is read at once, in bytes.
  static let chunk = 1 << 18

  /// Its folder.
  package let path: String
  private let type: String
  private let run: UUIDBits
  private let limits: SpoolBuffer
  let clock: any PipelineClock
  private let wallClock: @Sendable () -> Timestamp
  let lock: FolderLock
  let writing = BlockingLane("patchbay.spool")
  let reading = BlockingLane("patchbay.unspool")
  let state: Mutex<State>
  /// What was in it when it was opened.
  package let found: SpoolScan

  private init(
    _ path: String, type: String, _ limits: SpoolBuffer, of run: RunIdentity, keepsAll: Bool,
    clock: any PipelineClock, wallClock: @escaping @Sendable () -> Timestamp
  ) throws {
    self.path = path
    self.type = type
    self.limits = limits
    self.run = run.id
    self.clock = clock
    self.wallClock = wallClock
    try RunDirectory(path: path).create()
    guard let lock = try FolderLock(path) else {
      throw PipelineError(
        "the spool \(path) is in use by another run of this pipeline; wait until that has ended, or give "
          + "one of them another \"name\"", code: .fileInUse)
    }
    self.lock = lock
    lock.removeDrafts()
    let receipts = try SpoolReceipts(in: path)
    var recalled = RecalledKeys()
    let symbols = SymbolTable()
    found = SpoolScan(path, receipts) { events in
      guard run.attempt > 1, events.run == run.id, let batch = try? events.batch(symbols) else {
        return
      }
      for index in batch.indices { recalled.add(Self.key(of: index, in: batch)) }
    }
    if let other = found.type, other != type, found.waiting > 0 {
      throw PipelineError(
        "the spool \(path) holds \(found.waiting) events for a sink of type \(other), and this one is of "
          + "type \(type): give the sink another name, or move the folder away",
        code: .otherConfiguration)
    }
    recalled.sort()
    var state = State(
      receipts: receipts, lengths: found.lengths, place: receipts.start)
    state.recalled = recalled
    state.lastNumber = max(found.lengths.keys.max() ?? 0, receipts.start.segment)
    // What was kept before is needed to know it again, if the run is gone on with once more.
    state.keepsAll = keepsAll
    self.state = Mutex(state)
  }

  /// Opens the spool of a sink, making it if needed.
  ///
  /// - Parameters:
  ///   - path: its folder.
  ///   - type: the sink's type.
  ///   - limits: how much it may hold.
  ///   - run: whose it is now.
  ///   - keepsAll: whether what is done with stays until the end, so that a run that is gone on with knows
  ///     again all that it had kept.
  ///   - clock: the run's, on which whoever reads waits.
  ///   - wallClock: tells when events are kept.
  /// - Throws: `PipelineError` if it can't be made, or somebody else has it, or it holds events for a sink
  ///   of another type; `UnreadableInput` if its receipts can't be read.
  package static func open(
    _ path: String, type: String, _ limits: SpoolBuffer, of run: RunIdentity, keepsAll: Bool,
    clock: any PipelineClock, wallClock: @escaping @Sendable () -> Timestamp
  ) async throws -> Spool {
    let spool = try await BlockingLane("patchbay.spool").run {
      try Spool(
        path, type: type, limits, of: run, keepsAll: keepsAll, clock: clock, wallClock: wallClock)
    }
    try await spool.rewriteReceipts()
    return spool
  }

  // MARK: Keeping

  /// The positions of events that this run had kept before it was interrupted; each thing that was kept
  /// answers for one.
  func recall(_ batch: EventBatch) -> [Int] {
    state.withLock { state in
      if state.recalled.isEmpty { return [] }
      return batch.indices.filter { state.recalled.take(Self.key(of: $0, in: batch)) }
    }
  }

  private static func key(of index: Int, in batch: EventBatch) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(batch.text(batch[index].sequence))
    hasher.combine(batch.text(batch[index].state))
    hasher.combine(batch.outcome(at: index).kind.rawValue)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Keeps events; they are on the disk when this returns.
  ///
  /// Called by one task.
  ///
  /// - Throws: `PipelineError` if there is no room, or they can't be written: none of them is kept then.
  package func keep(_ batches: [EventBatch]) async throws {
    var bytes: [UInt8] = []
    let time = wallClock()
    for batch in batches { SpoolEntry.kept(batch, of: run, at: time, to: &bytes) }
    let file = try await segment(for: bytes.count)
    try await write(bytes, to: file)
    state.withLock { $0.takeReader() }?.resume()
  }

  /// Nothing more is kept: whoever reads gets what is left, and then the end.
  package func end() {
    let (reader, whenEnded) = state.withLock { state in
      state.isEnded = true
      return (state.takeReader(), state.whenEnded)
    }
    whenEnded?.finish()
    reader?.resume()
  }

  /// Waits until nothing more is kept; false if the task is cancelled first.
  func waitForEnd() async -> Bool {
    let (ends, continuation) = AsyncStream.makeStream(of: Never.self)
    let isEnded = state.withLock { state in
      state.whenEnded = continuation
      return state.isEnded
    }
    if isEnded { continuation.finish() }
    for await _ in ends {}
    return !Task.isCancelled
  }

  /// The segment that so many bytes go to.
  private func segment(for count: Int) async throws -> RecordFile {
    let (bytes, active) = state.withLock { ($0.bytesInUse, $0.active) }
    guard bytes + count <= limits.bytes.bytes else {
      throw PipelineError(
        "the spool \(path) is full: \(limits.bytes) is all that it may take (\"buffer\": \"bytes\")",
        code: .unusableFile)
    }
    if let active, active.file.length < Self.segmentLength { return active.file }
    if let active { try await seal(active.file) }
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    let file = try await RecordFile.open("\(path)/\(SpoolSegments.name(of: number))", .new)
    var head = FrameFile.start(named: SpoolSegments.formatName)
    SpoolEntry.opened(type: type, to: &head)
    let bytesOfHead = head
    try await writing.run { [lock] in
      try file.appendNow([bytesOfHead])
      try lock.synchronize()
    }
    state.withLock { $0.active = (number, file) }
    return file
  }

  private func write(_ bytes: [UInt8], to file: RecordFile) async throws {
    try await writing.run { [self] in
      let end = file.length
      do {
        try file.appendNow([bytes])
        try file.synchronizeNow()
      } catch {
        // What isn't known to be on the disk isn't kept, and nothing more is put behind it.
        let isCut = (try? file.cutNow(to: end)) != nil
        state.withLock { state in
          if let active = state.active {
            state.lengths[active.number] = end
            // The next run finds it there, and delivers it: so receipts must not pass over it.
            if !isCut { state.uncut.append(SpoolMark(segment: active.number, offset: end)) }
          }
          state.active = nil
        }
        throw error
      }
      state.withLock { state in
        if let active = state.active { state.lengths[active.number] = file.length }
      }
    }
  }

  func seal(_ file: RecordFile) async throws {
    var bytes: [UInt8] = []
    SpoolEntry.closed(to: &bytes)
    let end = file.length
    try await write(bytes, to: file)
    state.withLock { state in
      // The mark itself is nothing to be given out.
      if let active = state.active { state.lengths[active.number] = end }
      state.active = nil
    }
  }
}
