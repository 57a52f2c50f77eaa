import Crypto

/// A hash in a Merkle tree of RFC 6962 §2.1: of a leaf, or of all leaves below a node.
package struct TreeHash: Sendable, Hashable, BitwiseCopyable {
  /// How many bytes it has.
  package static let length = 32

  private var words: SIMD4<UInt64>

  private init(_ digest: SHA256Digest) {
    words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// The hash that these 32 bytes are; nil if they are more or fewer.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    words = Array(bytes).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  /// The hash of a tree without leaves.
  package static var empty: TreeHash { TreeHash(SHA256().finalize()) }

  /// The hash of a leaf: SHA-256 of a zero byte and the leaf.
  package static func leaf(_ leaf: UnsafeRawBufferPointer) -> TreeHash {
    var hash = SHA256()
    withUnsafeBytes(of: UInt8(0)) { hash.update(bufferPointer: $0) }
    hash.update(bufferPointer: leaf)
    return TreeHash(hash.finalize())
  }

  /// The hash of a node: SHA-256 of a one byte and what hangs on its left and on its right.
  package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * length, alignment: 1) { buffer in
      buffer.storeBytes(of: 1, as: UInt8.self)
      buffer.storeBytes(of: left.words, toByteOffset: 1, as: SIMD4<UInt64>.self)
      buffer.storeBytes(of: right.words, toByteOffset: 1 + length, as: SIMD4<UInt64>.self)
      var hash = SHA256()
      hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
      return TreeHash(hash.finalize())
    }
  }

  /// The hash above a power of two of hashes that stand side by side.
  package static func root(ofPerfect hashes: ArraySlice<TreeHash>) -> TreeHash {
    var row = Array(hashes)
    while row.count > 1 {
      for index in 0..<row.count / 2 { row[index] = node(row[2 * index], row[2 * index + 1]) }
      row.removeLast(row.count / 2)
    }
    return row.first ?? empty
  }
}
