import SystemPackage

/// Reads a file of frames from its start to its last whole one.
///
/// It blocks, and is for one thread at a time.
package struct FrameReader: Sendable {
  /// A frame and where it stands in its file.
  package struct Entry: Sendable {
    /// Where it begins.
    package let offset: Int
    /// What it holds.
    package let content: ArraySlice<UInt8>
  }

  private let file: SystemFile
  /// Closes the file with its last reference.
  private let owner: FrameFile
  private let length: Int
  /// Where the file ends, as far as this reader goes.
  package var end: Int { length }
  /// How many bytes are read at once.
  private let chunk: Int
  private var buffer: [UInt8] = []
  /// Where the buffer begins in the file, and up to where it has been read.
  private var start: Int
  private var position = 0
  /// Whether the last frame that was asked for isn't whole.
  package private(set) var isTorn = false

  /// Reads frames of a file that is open, behind its first bytes.
  ///
  /// - Parameters:
  ///   - owner: whose file it is.
  ///   - start: where the first frame begins.
  ///   - end: where the file ends as far as this reader goes; nil for where it does.
  ///   - chunk: how many bytes are read at once.
  init(
    _ file: SystemFile, of owner: FrameFile, from start: Int, upTo end: Int? = nil,
    chunk: Int = 1 << 20
  ) throws {
    self.file = file
    self.owner = owner
    self.start = start
    self.chunk = chunk
    length = min(Int(try file.status().length), end ?? .max)
  }

  /// Where the next frame begins.
  package var offset: Int { start + position }

  /// The next frame; nil at the end, and at one that isn't whole.
  ///
  /// - Throws: `UnreadableInput` with the path, if it can't be read, or a frame is damaged that others
  ///   follow: what a crash leaves is torn at its end alone.
  package mutating func next() throws -> Entry? {
    let place = offset
    guard let bytes = try peek(Frame.header), let head = Frame.Head(bytes) else {
      isTorn = offset < length
      return nil
    }
    // Nothing writes an empty one; zeros are what a crash may leave of a file that has grown.
    guard 1...Frame.longest ~= head.length, let whole = try peek(Frame.header + head.length) else {
      isTorn = true
      return nil
    }
    let content = whole.dropFirst(Frame.header)
    guard Checksum.of(content) == head.checksum else {
      isTorn = true
      if place + whole.count == length { return nil }
      throw UnreadableInput(
        "\(file.path): damaged at byte \(place); what stands behind it can't be trusted")
    }
    position += whole.count
    return Entry(offset: place, content: content)
  }

  /// The next bytes, without going on; nil if there are fewer.
  private mutating func peek(_ count: Int) throws -> ArraySlice<UInt8>? {
    while buffer.count - position < count {
      if position > 0 {
        buffer.removeSubrange(..<position)
        start += position
        position = 0
      }
      let read: [UInt8]
      do {
        let place = start + buffer.count
        read = try file.read(
          at: Int64(place), count: min(length - place, max(chunk, count - buffer.count)))
      } catch {
        throw UnreadableInput("can't read \(file.path): \(error)")
      }
      if read.isEmpty { return nil }
      buffer += read
    }
    return buffer[position..<position + count]
  }
}
