package import PatchbayCore

/// What a spool holds, read from its first segment to its last.
package struct SpoolScan: Sendable {
  /// A place that can't be read.
  package struct Damage: Sendable, Equatable {
    package let mark: SpoolMark
    /// What is wrong, with the file.
    package let text: String
  }

  /// The type of sink that it is for; nil if it has never held anything.
  package private(set) var type: String?
  /// How many events wait.
  package private(set) var waiting = 0
  /// When the first of them was kept, in real time.
  package private(set) var oldest: Timestamp?
  /// How long each segment is, by its number.
  package private(set) var lengths: [Int: Int] = [:]
  /// How many bytes stand behind whole frames, as a kill leaves them.
  package private(set) var tornBytes = 0
  /// What can't be read.
  package private(set) var damages: [Damage] = []

  /// How much of the disk the segments take, in bytes.
  package var bytes: Int { lengths.values.reduce(0, +) }

  /// Reads the segments of a folder; it blocks.
  ///
  /// - Parameters:
  ///   - folder: the spool's folder.
  ///   - receipts: what of it is done with.
  ///   - visit: gets each frame of events, also one that is done with.
  init(
    _ folder: String, _ receipts: SpoolReceipts,
    visit: (SpoolEntry.Events) -> Void = { _ in }
  ) {
    for number in SpoolSegments.numbers(in: folder) {
      var mark = SpoolMark(segment: number, offset: 0)
      do {
        try read(number, in: folder, receipts, &mark, visit)
      } catch {
        damages.append(Damage(mark: mark, text: "\(error)"))
      }
    }
  }

  private mutating func read(
    _ number: Int, in folder: String, _ receipts: SpoolReceipts, _ mark: inout SpoolMark,
    _ visit: (SpoolEntry.Events) -> Void
  ) throws {
    lengths[number] = 0
    let file = try SpoolSegments.open(number, in: folder)
    var reader = try file.reader()
    lengths[number] = reader.end
    mark.offset = reader.offset
    while let frame = try reader.next() {
      mark.offset = frame.offset
      do {
        try take(SpoolEntry(frame.content), at: mark, receipts, visit)
      } catch {
        throw UnreadableInput(
          "\(folder)/\(SpoolSegments.name(of: number)): can't make sense of the entry at byte "
            + "\(frame.offset)")
      }
      mark.offset = reader.offset
    }
    if reader.isTorn { tornBytes += reader.end - reader.offset }
  }

  private mutating func take(
    _ entry: SpoolEntry, at mark: SpoolMark, _ receipts: SpoolReceipts,
    _ visit: (SpoolEntry.Events) -> Void
  ) {
    switch entry {
    case .opened(let type): self.type = type
    case .closed, .hole: break
    case .kept(let events):
      visit(events)
      if receipts.isDone(mark) { return }
      waiting += events.count - receipts.done(at: mark).count
      oldest = min(oldest ?? events.time, events.time)
    }
  }
}
