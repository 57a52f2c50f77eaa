import PatchbayCore
import PatchbayJSON

/// The lines that a file of events holds from before its run was interrupted.
///
/// A line is known by whom it is about, what happened and what came of it; not by latencies, which are
/// others when something is sent again.
struct WrittenLines: Sendable {
  private static let chunk = 1 << 18
  private static let members = [
    EventMember.sequenceID, .timestamp, .interactionID, .agentID, .state, .eventType,
  ].map(\.rawValue)

  private var keys = RecalledKeys()

  /// Reads a file that is gone on with; a torn line at its end is cut off.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  mutating func read(_ file: RecordFile) async throws {
    var splitter = LineSplitter(longest: .max)
    var (offset, end) = (0, 0)
    while offset < file.length {
      let chunk = try await file.read(at: offset, count: Self.chunk)
      if chunk.isEmpty { break }
      offset += chunk.count
      for line in splitter.lines(in: chunk) {
        let bytes = line.bytes ?? []
        end += bytes.count + 1
        keys.add(Self.key(of: bytes))
      }
    }
    if end < file.length { try await file.cut(to: end) }
    keys.sort()
  }

  /// Whether a line is there that hasn't been asked for before.
  mutating func take(_ line: [UInt8]) -> Bool { keys.take(Self.key(of: line[...])) }

  private static func key(of line: ArraySlice<UInt8>) -> UInt64 {
    var hasher = Hasher()
    let value = try? JSONValue(parsing: Array(line))
    // A dead letter has its event apart, and the verdict without the rest of the outcome.
    let event = value?["event"] ?? value
    for member in members { hasher.combine(event?[member]?.string) }
    let outcome = value?["outcome"]
    hasher.combine(outcome?["verdict"]?.string ?? outcome?.string)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
