import PatchbayCore
import PatchbayJSON

/// A file that is one pretty-printed JSON array after every write.
///
/// Each write replaces the closing bracket by one more record and a new bracket, in one system call
/// of a few hundred bytes: the kernel may end a longer one half-way when the process is killed. If
/// the machine stops in the middle of one, the next `open` cuts the torn record off.
struct AuditArrayFile {
  private static let closing = Array("\n]\n".utf8)

  private let file: OutputFile
  private var length: Int
  private var isEmpty: Bool
  /// How many bytes of a torn record were cut off by `init`.
  let repairedBytes: Int

  /// Opens a file, or makes one with an empty array.
  ///
  /// - Throws: `PipelineError` if it can't be written, or holds something else than records.
  init(path: String) throws {
    file = try OutputFile(path: path, .update)
    let content = try Self.read(path)
    if content.isEmpty {
      repairedBytes = 0
      length = 1
      isEmpty = true
      try file.write(Array("[".utf8) + Self.closing, at: 0)
      return
    }
    guard content.first == UInt8(ascii: "[") else {
      throw PipelineError("\(path) holds no audit array; name another file")
    }
    let end = Self.endOfRecords(content)
    length = end
    isEmpty = end == 1
    let isWhole = Array(content[end...]) == Self.closing
    repairedBytes = isWhole ? 0 : content.count - end
    if !isWhole {
      try file.truncate(to: end)
      try file.write(Self.closing, at: end)
    }
  }

  /// Appends records, each a flat object.
  mutating func append(_ records: [JSONValue]) throws {
    for record in records {
      var bytes = Array((isEmpty ? "\n  " : ",\n  ").utf8)
      JSONWriter.append(record, to: &bytes, layout: .pretty, level: 1)
      try file.write(bytes + Self.closing, at: length)
      isEmpty = false
      length += bytes.count
    }
  }

  /// Waits until everything is on the disk.
  func synchronize() throws { try file.synchronize() }

  /// The offset behind the last whole record; 1, behind the bracket, if there is none.
  ///
  /// A record ends with a line break, two blanks and a brace. Inside of one that can't occur: its
  /// members are indented deeper, and strings have no line breaks.
  private static func endOfRecords(_ content: [UInt8]) -> Int {
    let ending = Array("\n  }".utf8)
    var start = content.count - ending.count
    while start >= 1 {
      if content[start] == ending[0], Array(content[start..<start + 4]) == ending {
        return start + 4
      }
      start -= 1
    }
    return 1
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path: path)
    var content: [UInt8] = []
    while true {
      let chunk = try file.read(upTo: 1 << 20)
      if chunk.isEmpty { return content }
      content += chunk
    }
  }
}
