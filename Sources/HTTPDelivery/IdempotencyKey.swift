import Crypto
public import PatchbayCore

/// The same for every attempt at the same events of a run, different for all others.
///
/// Servers that know `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) use it to apply
/// a repeated request once.
public enum IdempotencyKey {
  /// The SHA-256 of the run's id and the events' sequence ids, in hexadecimal.
  ///
  /// - Parameters:
  ///   - runKey: what ids of the run are made of, `context.runKey`.
  ///   - sequenceIDs: of each event that the request carries, in order: `batch.bytes(event.sequence)`.
  public static func text(_ runKey: UUIDBits, _ sequenceIDs: [ArraySlice<UInt8>]) -> String {
    IdempotencyKeys(runKey).text(sequenceIDs.indices) { sequenceIDs[$0] }
  }

  /// A UUID of version 4's form that is a function of some bytes: 122 bits of their SHA-256.
  package static func uuid(of bytes: [UInt8]) -> UUIDBits {
    var halves: [UInt64] = []
    let digest = Array(SHA256.hash(data: bytes))
    for start in [0, 8] {
      halves.append(digest[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
    }
    return UUIDBits.version4(bits: halves[0], halves[1])
  }
}

/// The keys of one run's requests; what they have in common is worked out once.
package struct IdempotencyKeys: Sendable {
  private let start: SHA256

  /// - Parameter runKey: what ids of the run are made of, `context.runKey`.
  package init(_ runKey: UUIDBits) {
    var start = SHA256()
    start.update(data: Array(runKey.description.utf8))
    self.start = start
  }

  /// The key of a request that carries some events, as ``IdempotencyKey/text(_:_:)`` says.
  ///
  /// - Parameters:
  ///   - positions: where the events stand.
  ///   - sequenceID: gives the bytes of the sequence id of the event at a position.
  package func text(
    _ positions: some Collection<Int>, _ sequenceID: (Int) -> ArraySlice<UInt8>
  ) -> String {
    var hash = start
    for position in positions {
      withUnsafeBytes(of: 0 as UInt8) { hash.update(bufferPointer: $0) }
      sequenceID(position).withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    let digest = hash.finalize()
    return String(unsafeUninitializedCapacity: 2 * SHA256.byteCount) { text in
      var position = 0
      for byte in digest {
        text[position] = Self.digit(byte >> 4)
        text[position + 1] = Self.digit(byte & 0x0F)
        position += 2
      }
      return position
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
