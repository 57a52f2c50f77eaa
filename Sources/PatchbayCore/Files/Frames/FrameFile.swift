import SystemPackage

/// A file of frames that is there already, open for reading; closed with its last reference.
package final class FrameFile: Sendable {
  /// How many bytes of a file say what it is.
  package static let nameLength = 16

  private let file: SystemFile
  private let name: String

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: what its first 16 bytes must say.
  /// - Throws: `UnreadableInput` with the path and the reason.
  package init(_ path: String, named name: String) throws {
    self.name = name
    do {
      file = try SystemFile(path, .readOnly, .nonBlocking)
    } catch {
      throw UnreadableInput("can't read \(path): \(error)")
    }
    do {
      let bytes = try file.read(at: 0, count: Self.nameLength)
      guard bytes == Self.start(named: name) else {
        throw UnreadableInput("\(path): expected a file that begins with \"\(name)\"")
      }
    } catch {
      file.close()
      throw error as? UnreadableInput ?? UnreadableInput("can't read \(path): \(error)")
    }
  }

  deinit { file.close() }

  /// The first bytes of such a file.
  package static func start(named name: String) -> [UInt8] {
    let bytes = Array(name.utf8.prefix(nameLength - 1))
    return bytes + Array(repeating: 0x20, count: nameLength - 1 - bytes.count) + [0x0A]
  }

  /// Reads the frames from the first on.
  package func reader() throws -> FrameReader {
    try FrameReader(file, of: self, from: Self.nameLength)
  }

  /// Reads the frames between two places of a file that may still grow.
  ///
  /// - Parameters:
  ///   - start: where the first of them begins.
  ///   - end: where the last of them ends.
  ///   - chunk: how many bytes are read at once.
  package func reader(from start: Int, upTo end: Int, chunk: Int) throws -> FrameReader {
    try FrameReader(file, of: self, from: start, upTo: end, chunk: chunk)
  }

  /// What the frame at a place holds.
  ///
  /// - Throws: `UnreadableInput` if there is none.
  package func content(at offset: Int) throws -> ArraySlice<UInt8> {
    var reader = try FrameReader(file, of: self, from: offset, chunk: 4_096)
    guard let entry = try reader.next() else {
      throw UnreadableInput("\(file.path): no frame at byte \(offset)")
    }
    return entry.content
  }
}
