import Foundation
import PatchbayJSON

/// Reads a log's lines one after the other.
package struct LogLineReader {
  private var scan = CanonicalScan()
  /// When the last record was written, as it says.
  private(set) var time = ""
  private var timeBytes: [UInt8] = []
  /// The last record, if it is about the log itself.
  private(set) var mark: JSONValue?

  /// Makes one that has read nothing.
  package init() {}

  /// Reads a line.
  ///
  /// - Parameter record: the number that it must have.
  /// - Returns: what is wrong with it.
  package mutating func read(_ line: UnsafeRawBufferPointer, _ record: Int) -> String? {
    mark = nil
    var number: Range<Int>?
    var written: Range<Int>?
    var kind: Range<Int>?
    let isCanonical = scan.isCanonical(line) { name, value in
      if Self.equals(line, name, "seq") { number = value }
      if Self.equals(line, name, "logged_at") { written = value }
      if Self.equals(line, name, "type") { kind = value }
    }
    if !isCanonical || scan.hasOthers {
      return readSlowly(Array(line), record)
    }
    guard let number, let written, let kind else {
      return "has no seq, logged_at or type"
    }
    guard Self.number(line, number) == record else { return "has another number in seq" }
    if !Self.equals(line, written, timeBytes) {
      let isEarlier = line[written].lexicographicallyPrecedes(timeBytes)
      timeBytes = Array(line[written])
      time = String(decoding: timeBytes, as: UTF8.self)
      if isEarlier { return "is earlier than the one before" }
    }
    if !Self.equals(line, kind, "\"event\"") { mark = try? JSONValue(parsing: Array(line)) }
    return nil
  }

  private mutating func readSlowly(_ line: [UInt8], _ record: Int) -> String? {
    guard let value = try? JSONValue(parsing: line), value.object != nil else {
      return "is no JSON object"
    }
    guard value.canonical() == line else { return "isn't in canonical form (RFC 8785)" }
    guard let number = value["seq"]?.integer, let written = value["logged_at"]?.string,
      let kind = value["type"]?.string
    else { return "has no seq, logged_at or type" }
    guard number == record else { return "has another number in seq" }
    if kind != "event" { mark = value }
    let bytes = Array("\"\(written)\"".utf8)
    let isEarlier = bytes.lexicographicallyPrecedes(timeBytes)
    timeBytes = bytes
    time = String(decoding: bytes, as: UTF8.self)
    return isEarlier ? "is earlier than the one before" : nil
  }

  @inline(__always)
  private static func equals(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, _ word: StaticString
  ) -> Bool {
    guard range.count == word.utf8CodeUnitCount, let base = line.baseAddress else { return false }
    return memcmp(base + range.lowerBound, word.utf8Start, range.count) == 0
  }

  private static func equals(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, _ bytes: [UInt8]
  ) -> Bool {
    guard range.count == bytes.count, let base = line.baseAddress else { return false }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp(base + range.lowerBound, $0, range.count) == 0 } ?? false
    }
  }

  private static func number(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var number = 0
    for byte in line[range] {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, number < Int.max / 10 - 9 else {
        return nil
      }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }
}
