#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts a stream of bytes into lines.
///
/// Lines end with LF or CRLF; the last one may end with neither. A line over the limit is reported
/// once and skipped to its end, so that one bad line can't fill the memory.
public struct LineSplitter: Sendable {
  /// One line.
  public struct Line: Sendable {
    /// Its number, counted from 1.
    public let number: Int
    /// Its bytes without the end; nil if it was longer than allowed.
    public let bytes: ArraySlice<UInt8>?

    package init(number: Int, bytes: ArraySlice<UInt8>?) {
      self.number = number
      self.bytes = bytes
    }
  }

  private let longest: Int
  private var partial: [UInt8] = []
  private var isSkipping = false
  private var number = 0

  /// Makes a splitter.
  ///
  /// - Parameter longest: the most bytes of a line.
  public init(longest: Int) {
    self.longest = longest
  }

  /// The lines that end in these bytes.
  public mutating func lines(in chunk: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while let end = Self.lineEnd(in: chunk, from: start) {
      lines.append(line(endingWith: chunk[start..<end]))
      start = end + 1
    }
    keep(chunk[start...])
    return lines
  }

  /// The last line, if it has no end of its own.
  public mutating func finish() -> Line? {
    if partial.isEmpty, !isSkipping { return nil }
    return line(endingWith: [])
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    if isSkipping { return }
    if partial.count + bytes.count - 1 > longest {
      partial = []
      isSkipping = true
    } else {
      partial.append(contentsOf: bytes)
    }
  }

  private mutating func line(endingWith bytes: ArraySlice<UInt8>) -> Line {
    number += 1
    // Most lines lie in one chunk as a whole, and aren't copied.
    if partial.isEmpty, !isSkipping { return line(of: bytes) }
    keep(bytes)
    let whole = partial
    partial = []
    if isSkipping {
      isSkipping = false
      return Line(number: number, bytes: nil)
    }
    return line(of: whole[...])
  }

  private func line(of bytes: ArraySlice<UInt8>) -> Line {
    let line = bytes.last == 0x0D ? bytes.dropLast() : bytes
    return Line(number: number, bytes: line.count > longest ? nil : line)
  }

  private static func lineEnd(in chunk: [UInt8], from start: Int) -> Int? {
    chunk.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}
