/// Writes numbers and texts one after the other, for files of the program's own.
package struct ArchiveWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8]

  /// Makes one that goes on behind some bytes.
  package init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// Appends a number, its lowest byte first.
  @inline(__always)
  package mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a text with its length before it.
  package mutating func append(text: some Collection<UInt8>) {
    append(UInt32(text.count))
    let copied: Void? = text.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
    if copied == nil { bytes.append(contentsOf: text) }
  }

  /// Appends a text with its length before it.
  package mutating func append(text: String) { append(text: text.utf8) }
}

/// Reads what `ArchiveWriter` has written, and never beyond its end.
package struct ArchiveReader: Sendable {
  /// The bytes don't hold what should be there.
  package struct Failure: Error, Sendable, Equatable {
    package init() {}
  }

  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  /// Reads from the start of some bytes.
  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { offset == bytes.endIndex }

  /// The next number.
  @inline(__always)
  package mutating func number<Number: FixedWidthInteger>(
    _: Number.Type = Number.self
  ) throws(Failure) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.endIndex - offset >= size else { throw Failure() }
    let place = offset - bytes.startIndex
    offset += size
    return Number(
      littleEndian: bytes.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: place, as: Number.self)
      })
  }

  /// How many things of at least one byte each follow.
  package mutating func count() throws(Failure) -> Int {
    let count = Int(try number(UInt32.self))
    guard count <= bytes.endIndex - offset else { throw Failure() }
    return count
  }

  /// The bytes of the next text.
  package mutating func textBytes() throws(Failure) -> ArraySlice<UInt8> {
    let count = try count()
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  /// The next text.
  ///
  /// - Throws: `Failure` if it isn't UTF-8 either.
  package mutating func text() throws(Failure) -> String {
    guard let text = String(validating: try textBytes(), as: UTF8.self) else { throw Failure() }
    return text
  }
}
