import AuditLog
import Foundation
import PatchbayJSON
import Testing

/// The tree is that of RFC 6962, its tiles those of C2SP tlog-tiles.
struct TreeTests {
  private static func leaf(_ number: Int) -> TreeHash {
    Array("record \(number)".utf8).withUnsafeBytes { TreeHash.leaf($0) }
  }

  /// The definition of RFC 6962 §2.1, word by word.
  private static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
    guard leaves.count > 1, let first = leaves.indices.first else { return leaves.first ?? .empty }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    return .node(root(leaves[..<(first + split)]), root(leaves[(first + split)...]))
  }

  @Test func `the root of a tree that grows is that of the definition`() {
    var edge = TreeEdge()
    var leaves: [TreeHash] = []
    #expect(edge.root == .empty)
    for number in 0..<1_100 {
      leaves.append(Self.leaf(number))
      edge.append(Self.leaf(number)) { _ in }
      #expect(edge.root == Self.root(leaves[...]))
    }
  }

  @Test func `a tree of 70 000 has the tiles that the specification counts`() {
    var edge = TreeEdge()
    var full: [Int: Int] = [:]
    for number in 0..<70_000 {
      edge.append(Self.leaf(number)) { tile in
        #expect(tile.hashes.count == 256 && tile.number == full[tile.level, default: 0])
        full[tile.level, default: 0] += 1
      }
    }
    #expect(full == [0: 273, 1: 1])
    let partial = edge.partialTiles.map { [$0.level, $0.number, $0.hashes.count] }
    #expect(partial == [[0, 273, 112], [1, 1, 17], [2, 0, 1]])
    #expect(
      edge.partialTiles.map(\.path) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
    let path = TilePath.path("entries", 1_234_067, width: 256)
    #expect(path == "tile/entries/x001/x234/067")
  }

  @Test func `whole tiles and single leaves make one tree`() {
    var one = TreeEdge()
    var other = TreeEdge()
    for tile in 0..<300 {
      let leaves = (0..<256).map { Self.leaf(tile * 256 + $0) }
      for leaf in leaves { one.append(leaf) { _ in } }
      other.append(tileOf: .root(ofPerfect: leaves[...])) { _ in }
    }
    #expect(one.root == other.root && one.size == other.size)
  }

  @Test(arguments: [1, 2, 3, 255, 256, 257, 1_000, 66_000])
  func `every leaf's proof leads to the root, and no other leaf's`(size: Int) throws {
    var edge = TreeEdge()
    var tiles: [String: Tile] = [:]
    for number in 0..<size {
      edge.append(Self.leaf(number)) { tiles[$0.path] = $0 }
    }
    for tile in edge.partialTiles { tiles[tile.path] = tile }
    for index in stride(from: 0, to: size, by: max(1, size / 300)) {
      let proof = try InclusionProof(of: index, in: size) { level, number, width in
        let path = TilePath.path("\(level)", number, width: width)
        return try #require(tiles[path])
      }
      #expect(proof.root(leaf: Self.leaf(index), size: size) == edge.root)
      #expect(proof.root(leaf: Self.leaf(size), size: size) != edge.root)
    }
  }

  @Test func `proofs of others are judged as they say`() throws {
    let names = Vectors.files("merkle/testdata/inclusion")
    #expect(names.count > 90)
    for name in names {
      let vector = try JSONValue(parsing: Vectors.bytes("merkle/testdata/inclusion/\(name)"))
      func hash(_ value: JSONValue?) -> TreeHash? {
        value?.string.flatMap { Data(base64Encoded: $0) }.flatMap { TreeHash($0) }
      }
      let given = vector["proof"]?.array ?? []
      let hashes = given.compactMap { hash($0) }
      let index = vector["leafIdx"]?.integer ?? -1
      let size = vector["treeSize"]?.integer ?? 0
      var isRight = false
      if hashes.count == given.count, index >= 0, let leaf = hash(vector["leafHash"]),
        let root = hash(vector["root"])
      {
        isRight = InclusionProof(index: index, hashes: hashes).root(leaf: leaf, size: size) == root
      }
      #expect(isRight == (vector["wantErr"]?.bool == false), "\(name)")
    }
  }
}
