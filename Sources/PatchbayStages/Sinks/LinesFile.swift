import PatchbayCore
import PatchbayJSON

/// A sink's file of lines in the run's folder, with what it holds from before the run was interrupted.
///
/// A line is known by whom it is about, what happened and what came of it; not by latencies, which are
/// others when something is sent again.
struct LinesFile: Sendable {
  private static let chunk = 1 << 18
  private static let members = [
    EventMember.sequenceID, .timestamp, .interactionID, .agentID, .state, .eventType,
  ].map(\.rawValue)

  private let file: RecordFile
  private var keys = RecalledKeys()
  /// Whether lines are in our shape, so that what they are about can be told.
  private let isOurs: Bool

  /// Makes a run's file, or goes on with it; a torn line at its end is cut off then.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  init(_ path: String, of run: RunIdentity, isOurs: Bool = true) async throws {
    self.isOurs = isOurs
    file = try await RecordFile.open(path, run.attempt > 1 ? .append : .new)
    if run.attempt > 1 { try await read() }
  }

  private mutating func read() async throws {
    var splitter = LineSplitter(longest: .max)
    var (offset, end) = (0, 0)
    while offset < file.length {
      let chunk = try await file.read(at: offset, count: Self.chunk)
      if chunk.isEmpty { break }
      offset += chunk.count
      for line in splitter.lines(in: chunk) {
        let bytes = line.bytes ?? []
        end += bytes.count + 1
        keys.add(key(of: bytes))
      }
    }
    if end < file.length { try await file.cut(to: end) }
    keys.sort()
  }

  /// Whether nothing is left to be asked for.
  var isRecalled: Bool { keys.isEmpty }

  /// Whether a line is there from before the interruption that hasn't been asked for yet.
  mutating func take(_ line: [UInt8]) -> Bool {
    let masked = KnownSecrets.masked(line)
    return keys.take(key(of: masked.last == 0x0A ? masked.dropLast() : masked[...]))
  }

  /// Appends lines; secrets that are known are masked.
  func append(_ lines: [UInt8]) async throws { try await file.append(lines) }

  /// Waits until all of it is on the disk.
  func synchronize() async throws { try await file.synchronize() }

  private func key(of line: ArraySlice<UInt8>) -> UInt64 {
    var hasher = Hasher()
    if !isOurs {
      line.withUnsafeBytes { hasher.combine(bytes: $0) }
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    let value = try? JSONValue(parsing: Array(line))
    // A dead letter has its event apart, and the verdict without the rest of the outcome.
    for event in [value, value?["event"]] {
      for member in Self.members { hasher.combine(event?[member]?.string) }
    }
    let outcome = value?["outcome"]
    hasher.combine(outcome?["verdict"]?.string ?? outcome?.string)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
