/// A record of a file of the program's own: its length, a checksum, its bytes.
package enum Frame {
  /// How many bytes stand before a frame's own.
  package static let header = 8
  /// The longest frame, in bytes; nothing writes one that is nearly as long.
  package static let longest = 1 << 30

  /// Appends a frame.
  ///
  /// - Parameters:
  ///   - bytes: where it goes.
  ///   - body: writes what it holds.
  package static func append(to bytes: inout [UInt8], _ body: (inout ArchiveWriter) -> Void) {
    let start = bytes.count
    var writer = ArchiveWriter(bytes)
    bytes = []
    writer.append(UInt32(0))
    writer.append(UInt32(0))
    body(&writer)
    bytes = writer.bytes
    writer = ArchiveWriter()
    let content = bytes[(start + header)...]
    set(UInt32(content.count), at: start, of: &bytes)
    set(Checksum.of(bytes[(start + header)...]), at: start + 4, of: &bytes)
  }

  private static func set(_ number: UInt32, at place: Int, of bytes: inout [UInt8]) {
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
  }

  /// What stands before a frame.
  package struct Head: Sendable, Equatable {
    package let length: Int
    package let checksum: UInt32

    /// Reads it; nil if the bytes are fewer.
    package init?(_ bytes: ArraySlice<UInt8>) {
      var reader = ArchiveReader(bytes)
      guard let length = try? reader.number(UInt32.self),
        let checksum = try? reader.number(UInt32.self)
      else { return nil }
      self.length = Int(length)
      self.checksum = checksum
    }
  }
}
