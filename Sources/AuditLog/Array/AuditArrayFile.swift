import PatchbayCore
import PatchbayJSON

/// A file that is one JSON array after every write.
///
/// Records take the place of the closing bracket, with a new bracket behind them, as many at a time as
/// a page of memory holds: the system rarely ends so short a call half-way. If the machine or the process
/// stops in the middle of one, the next `open` cuts the torn record off. Records that are there already stay as they are, whatever their
/// layout.
struct AuditArrayFile {
  private static let closing = Array("\n]\n".utf8)
  /// How many bytes are written at a time, unless one record has more.
  private static let page = 4_000

  private let file: RecordFile
  private var isEmpty: Bool
  /// How many bytes of a torn record were cut off when it was opened.
  let repairedBytes: Int

  /// Opens a file, or makes one with an empty array.
  ///
  /// - Throws: `PipelineError` if it can't be written, or holds something else than records.
  static func open(_ path: String) async throws -> AuditArrayFile {
    let file = try await RecordFile.open(path, .append)
    if file.length == 0 {
      do {
        try await file.append(Array("[".utf8), closing: closing)
      } catch {
        // An empty file is no array.
        await file.remove()
        throw error
      }
      return AuditArrayFile(file: file, isEmpty: true, repairedBytes: 0)
    }
    let written = file.length
    let found = try await ArrayScan.of(file, path)
    if found.isWhole {
      // What closes the array gives way to the first record, and stays until there is one.
      try await file.goOn(behind: found.end)
      return AuditArrayFile(file: file, isEmpty: found.isEmpty, repairedBytes: 0)
    }
    try await file.cut(to: found.end, closing: closing)
    return AuditArrayFile(
      file: file, isEmpty: found.isEmpty, repairedBytes: written - found.end)
  }

  /// Appends records; none of them if that fails.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - write: appends the text of a record, by its number.
  mutating func append(_ count: Int, _ write: (Int, inout [UInt8]) -> Void) async throws {
    var isFirst = isEmpty
    var parts: [[UInt8]] = []
    var part: [UInt8] = []
    for number in 0..<count {
      let end = part.count
      part.append(isFirst ? "\n  " : ",\n  ")
      isFirst = false
      write(number, &part)
      if part.count > Self.page, end > 0 {
        parts.append(Array(part[..<end]))
        part.removeSubrange(..<end)
      }
    }
    if !part.isEmpty { parts.append(part) }
    try await file.append(parts, closing: Self.closing)
    isEmpty = isFirst
  }

  /// Waits until everything is on the disk.
  func synchronize() async throws { try await file.synchronize() }
}
