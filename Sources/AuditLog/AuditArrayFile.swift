import PatchbayCore
import PatchbayJSON

/// A file that is one JSON array after every write.
///
/// Each record takes the place of the closing bracket, with a new bracket behind it, in one system
/// call of a few hundred bytes. If the machine or the process stops in the middle of one, the next
/// `open` cuts the torn record off. Records that are there already stay as they are, whatever their
/// layout.
struct AuditArrayFile {
  private static let closing = Array("\n]\n".utf8)

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

  /// Appends records, each a flat object; none of them if that fails.
  mutating func append(_ records: [JSONValue]) async throws {
    var isFirst = isEmpty
    let texts = records.map { record in
      var bytes = Array((isFirst ? "\n  " : ",\n  ").utf8)
      isFirst = false
      JSONWriter.append(record, to: &bytes, layout: .pretty, level: 1)
      return bytes
    }
    try await file.append(texts, closing: Self.closing)
    isEmpty = isFirst
  }

  /// Waits until everything is on the disk.
  func synchronize() async throws { try await file.synchronize() }
}
