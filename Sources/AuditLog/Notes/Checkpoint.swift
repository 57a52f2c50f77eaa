/// What a log says of itself when it signs: how many records it has, and the root of their tree.
///
/// As of [C2SP tlog-checkpoint](https://c2sp.org/tlog-checkpoint): three lines and no more.
package struct Checkpoint: Sendable, Equatable {
  /// The log's name.
  package let origin: String
  /// How many records it has.
  package let size: Int
  /// The root of their tree.
  package let root: TreeHash

  /// Makes one.
  package init(origin: String, size: Int, root: TreeHash) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads the text of a note; nil if it is no checkpoint.
  ///
  /// Lines behind the third are extensions, which say nothing about the tree.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, !lines[0].isEmpty, let size = Int(lines[1]), size >= 0,
      lines[1] == "\(size)", let bytes = Base64.bytes(lines[2]),
      let root = TreeHash(bytes)
    else { return nil }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// The root in base 64.
  package var rootText: String { Base64.text(root.bytes) }

  /// The three lines.
  package var text: String { "\(origin)\n\(size)\n\(rootText)\n" }
}
