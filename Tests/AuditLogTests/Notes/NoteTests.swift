import AuditLog
import Foundation
import PatchbayCore
import Testing

/// Notes, keys and checkpoints are those of C2SP.
struct NoteTests {
  private let key = SignerKey(name: "patchbay/test")

  private func signed() throws -> SignedNote {
    try SignedNote("patchbay/test\n3\nAAAA\n", signedWith: key)
  }

  @Test func `a note that was written is read and is of its key alone`() throws {
    let note = try signed()
    let read = try #require(SignedNote(parsing: note.bytes))
    #expect(read == note)
    #expect(read.isSigned(by: key.verifier))
    #expect(!read.isSigned(by: SignerKey(name: "patchbay/test").verifier))
    #expect(!read.isSigned(by: SignerKey(name: "patchbay/other").verifier))
  }

  @Test func `keys are read back`() throws {
    let verifier = try #require(VerifierKey(key.verifier.text))
    #expect(verifier == key.verifier)
    let signer = try #require(SignerKey(key.text))
    #expect(signer.verifier == key.verifier)
    #expect(key.text.hasPrefix("PRIVATE+KEY+patchbay/test+"))
  }

  @Test func `no byte of a note may change`() throws {
    let bytes = try signed().bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      let note = SignedNote(parsing: changed)
      #expect(note?.isSigned(by: key.verifier) != true, "at \(place)")
    }
  }

  @Test(arguments: [
    "", "\n", "a", "a\n", "a\n\n", "a\n\nb\n", "a\n\n\u{2014} b\n", "a\n\n\u{2014} b !\n",
    "a\n\n\u{2014} b AAAA\n", "a\n\n\u{2014}  AAAAAAAA\n", "a\u{1}\n\n\u{2014} b AAAAAAAA\n",
  ])
  func `what is no note is refused`(text: String) {
    #expect(SignedNote(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "", "+", "a+b+c", "a+00000000+AAAA", "PRIVATE+KEY+a+b+c",
    "example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    "other+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  ])
  func `what is no key is refused`(text: String) {
    #expect(VerifierKey(text) == nil)
    #expect(SignerKey(text) == nil)
  }

  @Test(arguments: ["a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "\n1\nAAAA\n", "a\nx\nAAAA\n"])
  func `what is no checkpoint is refused`(text: String) {
    #expect(Checkpoint(text) == nil)
  }

  @Test func `a log that others made is read, and each of its checkpoints is of its tree`() throws {
    let log = "tessera-log/testdata/log"
    let text = String(decoding: try Vectors.bytes("tessera-log/vkey"), as: UTF8.self)
    let key = try #require(VerifierKey(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    let tile = try Vectors.bytes("\(log)/tile/0/000.p/15")
    var edge = TreeEdge()
    for size in 0...15 {
      if size > 0 {
        let start = (size - 1) * TreeHash.length
        edge.append(try #require(TreeHash(tile[start..<start + TreeHash.length]))) { _ in }
      }
      let name = size == 15 ? "checkpoint" : "checkpoint.\(size)"
      let note = try #require(SignedNote(parsing: Vectors.bytes("\(log)/\(name)")))
      #expect(note.isSigned(by: key))
      let point = try #require(Checkpoint(note.text))
      #expect(point == Checkpoint(origin: key.name, size: size, root: edge.root))
      #expect(note.text == point.text)
    }
  }
}
