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
    var hash = SHA256()
    hash.update(data: Array(runKey.description.utf8))
    for id in sequenceIDs { hash.update(data: [0] + id) }
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
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
