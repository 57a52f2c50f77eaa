import PatchbayCore
import Synchronization

/// Brings back what was emitted before a run was interrupted, in the order in which it was emitted.
final class JournalReplay: Sendable {
  /// What a source emitted at once, and its first number.
  struct Part: Sendable {
    let source: Int
    let isRejected: Bool
    let first: Int
    let batch: EventBatch
  }

  private let path: String
  private let symbols: SymbolTable
  private let reader: Mutex<FrameReader>
  private let end: Int
  private let lane = BlockingLane("patchbay.replay")

  /// - Parameters:
  ///   - past: what the journal told before anything was added to it.
  ///   - path: the journal.
  ///   - symbols: the run's symbols.
  /// - Throws: `UnreadableInput` if it can't be read any more.
  init(_ past: JournalPast, at path: String, _ symbols: SymbolTable) throws {
    self.path = path
    self.symbols = symbols
    end = past.length
    reader = Mutex(try past.reader())
  }

  /// What comes next; nil at the end.
  ///
  /// - Throws: `UnreadableInput` if it can't be read any more.
  func next() async throws -> Part? {
    try await lane.run { [self] in
      try reader.withLock { reader in
        while reader.offset < end, let frame = try reader.next() {
          do {
            guard case .emitted(let emission) = try JournalEntry(frame.content) else { continue }
            return Part(
              source: emission.source, isRejected: emission.isRejected, first: emission.first,
              batch: try emission.batch(symbols))
          } catch is ArchiveReader.Failure {
            throw UnreadableInput("\(path) has changed at byte \(frame.offset)")
          }
        }
        return nil
      }
    }
  }
}
