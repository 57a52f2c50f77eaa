import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Programs that share nothing with ours take our logs, and refuse whatever was done to them.
struct OtherVerifierTests {
  /// What may be done to a log of 802 records.
  enum Tampering: CaseIterable {
    case edit, delete, swap, duplicate, truncate, insert, flipTile, flipBundle, sign

    /// The first record that it concerns; nil if it concerns none.
    var record: Int? {
      switch self {
      case .edit: 517
      case .delete: 300
      case .swap: 10
      case .duplicate: 401
      case .truncate: 790
      case .insert: 5
      case .flipTile: 256
      case .flipBundle: 256
      case .sign: nil
      }
    }

    func happen(to sample: inout SampleLog) throws {
      switch self {
      case .edit:
        let text = String(decoding: sample.lines[517], as: UTF8.self)
        sample.lines[517] = Array(text.replacing("undecided", with: "accepted").utf8)
      case .delete: sample.lines.remove(at: 300)
      case .swap: sample.lines.swapAt(10, 700)
      case .duplicate: sample.lines.insert(sample.lines[400], at: 401)
      case .truncate: sample.lines.removeLast(12)
      case .insert: sample.lines.insert(sample.lines[5], at: 5)
      case .flipTile: try flip("tile/0/001", at: 3, in: sample)
      case .flipBundle: try flip("tile/entries/001", at: 20, in: sample)
      case .sign:
        let forger = SignerKey(name: sample.key.name)
        let bytes = try InputFile.contents(of: sample.folder.checkpoint, upTo: 1 << 16)
        let text = try #require(SignedNote(parsing: bytes)).text
        let forged = try SignedNote(text, signedWith: forger)
        try Data(forged.bytes).write(to: URL(filePath: sample.folder.checkpoint))
      }
      try sample.writeLines()
    }

    private func flip(_ name: String, at place: Int, in sample: SampleLog) throws {
      let url = URL(filePath: sample.folder.file(name))
      var bytes = try Data(contentsOf: url)
      bytes[place] ^= 1
      try bytes.write(to: url)
    }
  }

  @Test(arguments: Tampering.allCases)
  func `ours names the first record that was tampered with`(_ tampering: Tampering) async throws {
    var sample = try await SampleLog()
    #expect(await sample.verdict().isValid)
    try tampering.happen(to: &sample)
    let failures = await sample.failures()
    guard let record = tampering.record else { return #expect(failures["signature"] != nil) }
    let named = [failures["records"], failures["tree"]].compactMap(\.self)
    // A record that was put in before one that is like it shows at the next.
    let wanted = tampering == .insert ? record + 1 : record
    #expect(
      named.contains { $0.hasPrefix("record \(wanted) ") },
      "\(failures)")
  }

  @Test(
    .enabled(
      if: OtherProgram.goChecker != nil,
      "PATCHBAY_LOG_CHECKERS is not set: audit logs aren't held against Go's packages"),
    arguments: Tampering.allCases)
  func `Go's packages take a log and refuse it once tampered with`(
    _ tampering: Tampering
  ) async throws {
    let program = try #require(OtherProgram.goChecker)
    var sample = try await SampleLog()
    #expect(try program.accepts(sample.folder.path, sample.keyFile))
    try tampering.happen(to: &sample)
    #expect(try !program.accepts(sample.folder.path, sample.keyFile))
  }

  @Test(
    .enabled(
      if: OtherProgram.tlog != nil,
      "there is no aics-tlog, which needs Python 3.12: audit logs aren't held against it"))
  func `aics-tlog takes a log, its records and its growth`() async throws {
    let program = try #require(OtherProgram.tlog)
    let sample = try await SampleLog()
    let (key, folder) = (sample.keyFile, sample.folder.path)
    #expect(try program.accepts("verify-checkpoint", "--vkey-file", key, "--tiles", folder))
    for index in [0, 255, 256, 517, 801] {
      #expect(
        try program.accepts(
          "verify-inclusion", "--vkey-file", key, "--tiles", folder, "--index", "\(index)",
          "--leaves-file", sample.folder.records, "--leaf-line", "\(index + 1)"))
    }
    #expect(
      try program.accepts(
        "verify-consistency", "--vkey-file", key, "--tiles", folder, "--old-checkpoint",
        sample.folder.checkpoint(1)))
    #expect(
      try !program.accepts(
        "verify-inclusion", "--vkey-file", key, "--tiles", folder, "--index", "518",
        "--leaves-file", sample.folder.records, "--leaf-line", "518"))
  }

  @Test(
    .enabled(
      if: OtherProgram.tlog != nil,
      "there is no aics-tlog, which needs Python 3.12: audit logs aren't held against it"),
    arguments: [Tampering.edit, .flipTile, .sign])
  func `aics-tlog refuses what it can see of a tampering`(_ tampering: Tampering) async throws {
    let program = try #require(OtherProgram.tlog)
    var sample = try await SampleLog()
    try tampering.happen(to: &sample)
    // It reads tiles and checkpoints, and of records the one that it is asked for.
    #expect(
      try !program.accepts(
        "verify-inclusion", "--vkey-file", sample.keyFile, "--tiles", sample.folder.path,
        "--index", "517", "--leaves-file", sample.folder.records, "--leaf-line", "518")
        || !program.accepts(
          "verify-inclusion", "--vkey-file", sample.keyFile, "--tiles", sample.folder.path,
          "--index", "256", "--leaves-file", sample.folder.records, "--leaf-line", "257")
    )
  }

  @Test(
    .enabled(
      if: OtherProgram.tlog != nil,
      "there is no aics-tlog, which needs Python 3.12: audit logs aren't held against it"))
  func `aics-tlog makes the same tiles and bundles of the records`() async throws {
    let program = try #require(OtherProgram.tlog)
    let sample = try await SampleLog(count: 66_000)
    let built = try TemporaryFolder.make() + "/built"
    #expect(
      try program.accepts("build-tiles", "--leaves", sample.folder.records, "--out", built))
    let names = try #require(FileManager.default.enumerator(atPath: built)).allObjects
      .compactMap { $0 as? String }
    var count = 0
    for name in names where name.hasPrefix("tile/") {
      guard let theirs = FileManager.default.contents(atPath: "\(built)/\(name)") else { continue }
      let ours = FileManager.default.contents(atPath: sample.folder.file(name))
      #expect(ours == theirs, "\(name)")
      count += 1
    }
    // 257 full and one beginning on the lowest level, as many bundles, one full tile above and two begun.
    #expect(count > 500)
  }

  @Test(
    .enabled(
      if: OtherProgram.python != nil,
      "PATCHBAY_PYTHON is not set: the canonical form isn't held against rfc8785"))
  func `the canonical form of random objects is that of rfc8785`() throws {
    let program = try #require(OtherProgram.python)
    let folder = try TemporaryFolder.make()
    var random = SystemRandomNumberGenerator()
    var lines: [UInt8] = []
    var scanned = 0
    for _ in 0..<100_000 {
      let value = RandomJSON.object(depth: 0, using: &random)
      let canonical = value.canonical()
      JSONWriter.append(value, to: &lines)
      lines.append(UInt8(ascii: "\t"))
      lines += canonical
      lines.append(0x0A)
      var scan = CanonicalScan()
      if canonical.withUnsafeBytes({ scan.isCanonical($0) }) { scanned += 1 }
    }
    #expect(scanned > 10_000)
    try Data(lines).write(to: URL(filePath: folder + "/lines"))
    try """
    import json, rfc8785, sys
    def whole(digits):
        # A whole number as canonical JSON means it: a floating-point one.
        return int(digits) if abs(int(digits)) < 2**53 else float(digits)
    for number, line in enumerate(open(sys.argv[1], "rb")):
        text, ours = line.rstrip(b"\\n").split(b"\\t")
        if rfc8785.dumps(json.loads(text, parse_int=whole)) != ours:
            sys.exit(f"line {number}: {line}")
    """.write(toFile: folder + "/check.py", atomically: true, encoding: .utf8)
    #expect(try program.accepts(folder + "/check.py", folder + "/lines"))
  }
}

/// Objects of every shape.
private enum RandomJSON {
  static func object(
    depth: Int, using random: inout SystemRandomNumberGenerator
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let name = text(&random)
      if members.contains(where: { $0.name.utf16.elementsEqual(name.utf16) }) { continue }
      members.append(.init(name, value(depth: depth + 1, using: &random)))
    }
    return .object(members)
  }

  private static func value(
    depth: Int, using random: inout SystemRandomNumberGenerator
  ) -> JSONValue {
    switch Int.random(in: 0..<(depth > 3 ? 6 : 8), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: -(1 << 53) + 1..<1 << 53, using: &random))
    case 3:
      let number = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random))
      return number.isFinite ? .number(number) : .integer(0)
    case 4: return .number(Double(Int.random(in: -99_999...99_999, using: &random)) / 1_000)
    case 5: return .string(text(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          value(depth: depth + 1, using: &random)
        })
    default: return object(depth: depth, using: &random)
    }
  }

  private static func text(_ random: inout SystemRandomNumberGenerator) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x61...0x7A, 0x0...0x1F, 0x7F...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFD,
      0x1F600...0x1F64F,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let range = ranges.randomElement(using: &random) ?? 0x61...0x7A
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
