import PatchbayJSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The secrets that this process knows, so that every way out can mask them.
///
/// For the whole process and not for a run: a secret may come back from a server that echoes it, or from
/// a program that was given it, and stand in any message, record or file from then on. What prints or
/// keeps text can't know which secrets may be in it.
public enum KnownSecrets {
  /// Shorter ones aren't looked for: they would be found in the middle of words.
  public static let shortest = 6
  /// What stands in a secret's place.
  public static let mask = "<secret>"
  /// The most secrets that were given out for a while, such as tokens, are looked for.
  static let mostPassing = 256

  private struct State {
    /// What is looked for, the longest first, so that none is cut by a part of it.
    var needles: [[UInt8]] = []
    var passing: [[UInt8]] = []
    var open: Set<[UInt8]> = []

    mutating func add(_ needle: [UInt8]) {
      guard needle.count >= KnownSecrets.shortest, !needles.contains(needle),
        !open.contains(needle)
      else { return }
      let place = needles.firstIndex { $0.count < needle.count } ?? needles.endIndex
      needles.insert(needle, at: place)
    }
  }

  private static let state = Mutex(State())
  private static let isEmpty = Atomic(true)

  /// Adds a secret, in every form in which texts may hold it: as it is, escaped as in JSON, and in
  /// percent signs.
  ///
  /// - Parameters:
  ///   - secret: the secret.
  ///   - isPassing: whether it is good for a while only, so that it may be forgotten for newer ones.
  public static func add(_ secret: String, isPassing: Bool = false) {
    let bytes = Array(secret.utf8)
    guard bytes.count >= shortest else { return }
    state.withLock { state in
      if isPassing {
        if state.passing.contains(bytes) { return }
        state.passing.append(bytes)
        if state.passing.count > mostPassing {
          let oldest = state.passing.removeFirst()
          state.needles.removeAll { $0 == oldest }
        }
      }
      for form in [bytes, escaped(bytes), percentEncoded(bytes)] { state.add(form) }
    }
    isEmpty.store(false, ordering: .releasing)
  }

  /// Takes a text for none, such as the default that stands in a configuration for everybody to read.
  package static func exempt(_ text: String) {
    state.withLock { state in
      _ = state.open.insert(Array(text.utf8))
      state.needles.removeAll { $0 == Array(text.utf8) }
    }
  }

  /// The text with every secret masked.
  ///
  /// - Parameter text: any text.
  public static func masked(_ text: String) -> String {
    if isEmpty.load(ordering: .acquiring) { return text }
    return String(decoding: masked(Array(text.utf8)), as: UTF8.self)
  }

  /// The bytes with every secret masked.
  ///
  /// - Parameter bytes: any bytes, such as a record.
  public static func masked(_ bytes: [UInt8]) -> [UInt8] {
    if isEmpty.load(ordering: .acquiring) { return bytes }
    var bytes = bytes
    for needle in state.withLock({ $0.needles }) {
      guard var place = find(needle, in: bytes, from: 0) else { continue }
      var masked: [UInt8] = []
      var start = 0
      while true {
        masked += bytes[start..<place] + mask.utf8
        start = place + needle.count
        guard let next = find(needle, in: bytes, from: start) else { break }
        place = next
      }
      bytes = masked + bytes[start...]
    }
    return bytes
  }

  /// Whether any secret stands in the bytes.
  ///
  /// - Parameter bytes: any bytes, such as those of several texts.
  public static func occur(in bytes: [UInt8]) -> Bool {
    if isEmpty.load(ordering: .acquiring) { return false }
    return state.withLock { $0.needles }.contains { find($0, in: bytes, from: 0) != nil }
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { hay in
      guard let base = hay.baseAddress, let first = needle.first else { return nil }
      var place = start
      while place + needle.count <= hay.count {
        let room = hay.count - needle.count - place + 1
        guard let hit = memchr(base + place, Int32(first), room) else { return nil }
        if memcmp(hit, needle, needle.count) == 0 { return UnsafeRawPointer(hit) - base }
        place = UnsafeRawPointer(hit) - base + 1
      }
      return nil
    }
  }

  /// As JSON has it between quotes.
  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    let text = JSONValue.string(String(decoding: bytes, as: UTF8.self)).text()
    return Array(text.utf8.dropFirst().dropLast())
  }

  /// As a form or a query has it (RFC 3986 §2.1).
  private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.flatMap { byte -> [UInt8] in
      let isPlain = byte.isASCIILetter || byte.isASCIIDigit || "-._~".utf8.contains(byte)
      return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
