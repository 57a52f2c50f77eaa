import AuditLog
import Foundation
import PatchbayCore
import PatchbayTesting
import Testing

/// Whatever is done to a log is found, and the first record that it was done to is named.
struct LogVerifierTests {
  @Test func `an edited record is named`() async throws {
    var sample = try await SampleLog()
    let text = String(decoding: sample.lines[517], as: UTF8.self)
    sample.lines[517] = Array(text.replacing("undecided", with: "accepted").utf8)
    try sample.writeLines()
    let failures = await sample.failures()
    #expect(failures["tree"]?.hasPrefix("record 517 (line 518) isn't what tile/0/002") == true)
    #expect(failures["root"] != nil)
  }

  @Test func `a record that isn't canonical any more is named`() async throws {
    var sample = try await SampleLog()
    sample.lines[300].insert(0x20, at: 1)
    try sample.writeLines()
    #expect(
      await sample.failures()["records"]
        == "record 300 (line 301) isn't in canonical form (RFC 8785)")
  }

  @Test func `a record that was removed, put in, doubled or moved is named`() async throws {
    let sample = try await SampleLog()
    var removed = sample
    removed.lines.remove(at: 100)
    try removed.writeLines()
    #expect(
      await removed.failures()["records"]?.hasPrefix("record 100 (line 101) has another") == true)
    var doubled = sample
    doubled.lines.insert(sample.lines[200], at: 201)
    try doubled.writeLines()
    #expect(await doubled.failures()["records"]?.hasPrefix("record 201 (line 202)") == true)
    var swapped = sample
    swapped.lines.swapAt(10, 700)
    try swapped.writeLines()
    #expect(await swapped.failures()["records"]?.hasPrefix("record 10 (line 11)") == true)
    var inserted = sample
    inserted.lines.insert(Array(#"{"logged_at":"x","seq":5,"type":"event"}"#.utf8), at: 5)
    try inserted.writeLines()
    #expect(
      await inserted.failures()["tree"]?.hasPrefix("record 5 (line 6) isn't what tile/0/000")
        == true)
  }

  @Test(arguments: [1, 400, 801])
  func `a log that was cut off is one from which records are missing`(count: Int) async throws {
    var sample = try await SampleLog()
    sample.lines.removeLast(count)
    try sample.writeLines()
    let failures = await sample.failures()
    #expect(
      failures["tree"]
        == "record \(802 - count) is missing: 802 were sealed, \(802 - count) are there")
    #expect(await sample.verdict().exitCode == .failure)
  }

  @Test func `a flipped bit in any tile, bundle or checkpoint is found`() async throws {
    let sample = try await SampleLog()
    let files = try #require(FileManager.default.enumerator(atPath: sample.folder.path)).allObjects
      .compactMap { $0 as? String }
      .filter { $0.hasPrefix("tile/") || $0.hasPrefix("checkpoint") }
    var count = 0
    for name in files {
      let url = URL(filePath: sample.folder.file(name))
      guard let whole = try? Data(contentsOf: url) else { continue }
      count += 1
      var broken = whole
      broken[broken.count / 2] ^= 0x10
      try broken.write(to: url)
      let verdict = await sample.verdict()
      #expect(!verdict.isValid && verdict.exitCode != .incomplete, "\(name)")
      try whole.write(to: url)
    }
    #expect(count >= 10)
    #expect(await sample.verdict().isValid)
  }

  @Test func `a log that was made anew with another key is refused`() async throws {
    let sample = try await SampleLog()
    let forger = SignerKey(name: sample.key.name)
    let note = try #require(
      SignedNote(parsing: InputFile.contents(of: sample.folder.checkpoint, upTo: 9_999)))
    let forged = try SignedNote(note.text, signedWith: forger)
    try Data(forged.bytes).write(to: URL(filePath: sample.folder.checkpoint))
    try Data((forger.verifier.text + "\n").utf8).write(to: URL(filePath: sample.folder.verifierKey))
    #expect(await sample.failures()["signature"] != nil)
    for name in FolderListing.names(in: sample.folder.checkpoints) {
      let path = sample.folder.checkpoints + "/" + name
      let kept = try #require(SignedNote(parsing: InputFile.contents(of: path, upTo: 9_999)))
      try Data(SignedNote(kept.text, signedWith: forger).bytes).write(to: URL(filePath: path))
    }
    // Everything fits the folder's own key now but log.open, which names the real one.
    let verdict = await LogVerifier(sample.folder.path).verify()
    #expect(verdict.checks.filter { $0.result == .failed }.map(\.name) == ["open"])
  }

  @Test func `a log goes on from its earlier checkpoints and from no other`() async throws {
    let sample = try await SampleLog()
    let first = try InputFile.contents(of: sample.folder.checkpoint(1), upTo: 9_999)
    let older = try #require(SignedNote(parsing: first))
    let verdict = await sample.verdict(since: older)
    #expect(verdict.isValid)
    #expect(verdict.checks.contains { $0.name == "since" && $0.result == .passed })
    let stranger = try await SampleLog(count: 3)
    let other = try InputFile.contents(of: stranger.folder.checkpoint, upTo: 9_999)
    #expect(await sample.verdict(since: SignedNote(parsing: other)).isTampered)
  }

  @Test func `a log without its end isn't closed; a torn record is told of`() async throws {
    let sample = try await SampleLog()
    let kept = try InputFile.contents(of: sample.folder.checkpoint(1), upTo: 9_999)
    // As a run leaves it that was killed before its second checkpoint.
    try Data(kept).write(to: URL(filePath: sample.folder.checkpoint))
    try FileManager.default.removeItem(atPath: sample.folder.checkpoint(802))
    var lines = sample
    lines.lines.removeLast(2)
    try lines.writeLines()
    let handle = try #require(FileHandle(forWritingAtPath: sample.folder.records))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"agent_id":"#.utf8))
    try handle.close()
    let verdict = await sample.verdict()
    #expect(verdict.exitCode == .incomplete, "\(verdict)")
    #expect(
      verdict.checks.last?.detail
        == "the log wasn't closed; 799 records were recorded and not sealed; 12 bytes of a torn "
        + "record stand at its end")
  }

  @Test func `what can't be read is said to be that`() async throws {
    let folder = try TemporaryFolder.make()
    #expect(await LogVerifier(folder).verify().exitCode == .unreadableInput)
    let sample = try await SampleLog(count: 3)
    try FileManager.default.removeItem(atPath: sample.folder.records)
    #expect(await sample.verdict().exitCode == .unreadableInput)
    let other = try await SampleLog(count: 3)
    try Data("nonsense".utf8).write(to: URL(filePath: other.folder.checkpoint))
    #expect(await other.verdict().exitCode == .unreadableInput)
  }

  @Test func `no file that was damaged anyhow passes or traps`() async throws {
    let sample = try await SampleLog(count: 300)
    let names = try #require(FileManager.default.enumerator(atPath: sample.folder.path)).allObjects
      .compactMap { $0 as? String }
      .filter { $0 != "log.vkey" }
      .filter { FileManager.default.contents(atPath: sample.folder.file($0)) != nil }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<400 {
      let name = try #require(names.randomElement(using: &random))
      let url = URL(filePath: sample.folder.file(name))
      let whole = try Data(contentsOf: url)
      var bytes = [UInt8](whole)
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place...)
      case 2: bytes.insert(contentsOf: bytes[place...], at: place)
      case 3: bytes = Array("\(sample.key.name)\n9223372036854775807\n".utf8) + bytes
      case 4: bytes.insert(contentsOf: [0x0A, 0x0A], at: place)
      default: bytes.insert(contentsOf: repeatElement(0x39, count: 30), at: place)
      }
      // A signature that stands there twice is no damage.
      let note = name.hasPrefix("checkpoint") ? SignedNote(parsing: bytes) : nil
      let isSigned = note?.isSigned(by: sample.key) ?? false
      if Data(bytes) == whole || isSigned { continue }
      try Data(bytes).write(to: url)
      let verdict = await sample.verdict()
      #expect(!verdict.isValid, "\(name) at \(place)")
      _ = try? LogProof(of: 17, in: sample.folder.path)
      try whole.write(to: url)
    }
    #expect(await sample.verdict().isValid)
  }

  @Test func `each record's proof is of the record`() async throws {
    let sample = try await SampleLog()
    for sequence in [0, 1, 255, 256, 517, 801] {
      let proof = try LogProof(of: sequence, in: sample.folder.path)
      #expect(proof.record == sample.lines[sequence])
      #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nindex \(sequence)\n"))
    }
    #expect(throws: PipelineError.self) { try LogProof(of: 802, in: sample.folder.path) }
    #expect(throws: PipelineError.self) { try LogProof(of: -1, in: sample.folder.path) }
  }
}
