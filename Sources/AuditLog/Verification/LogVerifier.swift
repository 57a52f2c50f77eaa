import Foundation
import PatchbayCore
import PatchbayJSON

/// Checks a log against its checkpoints, its tree and itself; it only reads.
package struct LogVerifier: Sendable {
  /// How many blocks are looked at side by side.
  private static let workers = 2
  /// The longest line that is read, in bytes.
  private static let longestLine = EntryBundle.longest

  private let folder: LogFolder
  private let key: VerifierKey?
  private let older: SignedNote?

  /// - Parameters:
  ///   - path: the log's folder.
  ///   - key: who must have signed it; nil for the key in the folder, which whoever can write there could
  ///     have put in place of another.
  ///   - older: an earlier checkpoint, kept elsewhere, that the log must go on from.
  package init(_ path: String, key: VerifierKey? = nil, since older: SignedNote? = nil) {
    folder = LogFolder(path: path)
    self.key = key
    self.older = older
  }

  /// Looks at everything.
  package func verify() async -> LogVerdict {
    var verdict = LogVerdict()
    do {
      let key = try ownKey(&verdict)
      let checkpoint = try newest(key, &verdict)
      verdict.checkpoint = checkpoint
      let points = try checkpoints(key, checkpoint, &verdict)
      let reading = try await readRecords(checkpoint, points, &verdict)
      judge(reading, checkpoint, points, &verdict)
      judgeEnd(reading, key, checkpoint, &verdict)
    } catch let error as UnreadableInput {
      verdict.unreadable = error.description
    } catch {
      verdict.unreadable = "\(error)"
    }
    return verdict
  }

  // MARK: Signatures

  private func ownKey(_ verdict: inout LogVerdict) throws -> VerifierKey {
    if let key { return key }
    let bytes = try InputFile.contents(of: folder.verifierKey, upTo: 4_096)
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard let key = VerifierKey(text) else {
      throw UnreadableInput("\(folder.verifierKey) holds no verifier key")
    }
    return key
  }

  private func newest(_ key: VerifierKey, _ verdict: inout LogVerdict) throws -> Checkpoint {
    let bytes = try InputFile.contents(of: folder.checkpoint, upTo: 1 << 17)
    guard let note = SignedNote(parsing: bytes), let checkpoint = Checkpoint(note.text) else {
      throw UnreadableInput("\(folder.checkpoint) holds no signed checkpoint")
    }
    let source = self.key == nil ? "the key in the folder" : "the given key"
    if note.isSigned(by: key), checkpoint.origin == key.name {
      verdict.add(
        "signature", .passed, "\(checkpoint.size) records, signed by \(key.name) with \(source)")
    } else {
      verdict.add("signature", .failed, "the checkpoint isn't signed with \(source), \(key.name)")
    }
    return checkpoint
  }

  /// Roots that were signed before the newest, by their sizes.
  private func checkpoints(
    _ key: VerifierKey, _ newest: Checkpoint, _ verdict: inout LogVerdict
  ) throws -> [Checkpoint] {
    var points: [Checkpoint] = []
    var problem: String?
    for name in FolderListing.names(in: folder.checkpoints) {
      // A draft that a killed run left, or one that was kept a moment before it became the newest.
      guard let size = Int(name), size > 0, size <= newest.size else { continue }
      let path = folder.checkpoint(size)
      guard let bytes = try? InputFile.contents(of: path, upTo: 1 << 17),
        let note = SignedNote(parsing: bytes), let point = Checkpoint(note.text),
        note.isSigned(by: key), point.origin == key.name, point.size == size
      else {
        problem = problem ?? "checkpoints/\(name) isn't signed with the key, or for another size"
        continue
      }
      points.append(point)
    }
    points.sort { $0.size < $1.size }
    if let problem {
      verdict.add("checkpoints", .failed, problem)
    } else {
      verdict.add("checkpoints", .passed, "\(points.count) kept, all signed")
    }
    if let older {
      guard let point = Checkpoint(older.text), older.isSigned(by: key) else {
        verdict.add("since", .failed, "the earlier checkpoint isn't signed with the key")
        return points
      }
      if point.size > newest.size {
        verdict.add(
          "since", .failed,
          "the log has \(newest.size) records now and had \(point.size): some were removed")
      }
      points.append(point)
      points.sort { $0.size < $1.size }
    }
    return points
  }

  // MARK: Records

  private func readRecords(
    _ newest: Checkpoint, _ points: [Checkpoint], _ verdict: inout LogVerdict
  ) async throws -> LogReading {
    let sizes = Set(points.map(\.size) + [newest.size]).filter { $0 > 0 && $0 <= newest.size }
      .sorted()
    var reading = LogReading(folder, newest, sizes)
    var lines = LogLines(try await InputFile.open(folder.records), longest: Self.longestLine)
    try await withThrowingTaskGroup(of: (Int, LogBlock.Findings).self) { group in
      var waiting: [Int: LogBlock.Findings] = [:]
      var (begun, joined) = (0, 0)
      while true {
        while begun - joined < Self.workers + 2, let bytes = try await lines.next() {
          let block = LogBlock(
            first: begun * LogBlock.size, bytes: bytes, folder: folder, sizes: sizes)
          group.addTask { [begun] in (begun, block.examined()) }
          begun += 1
        }
        if joined == begun { break }
        while waiting[joined] == nil, let (number, findings) = try await group.next() {
          waiting[number] = findings
        }
        if let findings = waiting.removeValue(forKey: joined) { reading.add(findings) }
        joined += 1
      }
    }
    reading.torn = lines.rest
    if lines.isTooLong, reading.wrong == nil {
      reading.wrong = (reading.count, "is longer than \(Self.longestLine) bytes")
    }
    return reading
  }

  // MARK: What it comes to

  private func judge(
    _ reading: LogReading, _ newest: Checkpoint, _ points: [Checkpoint],
    _ verdict: inout LogVerdict
  ) {
    if let (record, problem) = reading.wrong {
      verdict.add("records", .failed, "record \(record) (line \(record + 1)) \(problem)")
    } else {
      verdict.add(
        "records", .passed,
        "\(reading.count) in canonical form, numbered without a gap, none earlier than the one before"
      )
    }
    judgeTree(reading, newest, &verdict)
    judgeRoots(reading, newest, points, &verdict)
    if let older, let point = Checkpoint(older.text), point.size <= newest.size,
      reading.roots[point.size] == point.root
    {
      verdict.add("since", .passed, "the log goes on from the \(point.size) records it had then")
    }
  }

  private func judgeTree(
    _ reading: LogReading, _ newest: Checkpoint, _ verdict: inout LogVerdict
  ) {
    if let (record, place) = reading.changed {
      verdict.add(
        "tree", .failed,
        "record \(record) (line \(record + 1)) isn't what \(place) has of it")
    } else if reading.count < newest.size {
      verdict.add(
        "tree", .failed,
        "record \(reading.count) is missing: \(newest.size) were sealed, \(reading.count) are there"
      )
    } else if let path = reading.missing {
      verdict.add("tree", .failed, "\(path) can't be read")
    } else if let path = reading.badTile {
      verdict.add("tree", .failed, "\(path) isn't what stands below it")
    } else {
      verdict.add("tree", .passed, "every tile and bundle is made of the records")
    }
  }

  private func judgeRoots(
    _ reading: LogReading, _ newest: Checkpoint, _ points: [Checkpoint],
    _ verdict: inout LogVerdict
  ) {
    var good = 0
    for point in points + [newest] {
      if reading.roots[point.size] == point.root || (point.size == 0 && point.root == .empty) {
        good = point.size
        continue
      }
      let place =
        point.size == good
        ? "of \(point.size) records" : "of \(point.size) records; it still was at \(good)"
      verdict.add("root", .failed, "the tree's root isn't the one in the checkpoint \(place)")
      return
    }
    verdict.add("root", .passed, "\(newest.rootText), as the checkpoint has it")
  }

  private func judgeEnd(
    _ reading: LogReading, _ key: VerifierKey, _ newest: Checkpoint,
    _ verdict: inout LogVerdict
  ) {
    guard let open = reading.marks.first, open.record == 0,
      open.value["type"]?.string == "log.open"
    else { return verdict.add("open", .failed, "the first record isn't log.open") }
    if open.value["vkey"]?.string == key.text {
      verdict.add("open", .passed, "log.open names the key")
    } else {
      verdict.add("open", .failed, "log.open names another key")
    }
    if let last = reading.marks.last, last.value["type"]?.string == "log.close",
      last.record == reading.count - 1, newest.size == reading.count, reading.torn == 0,
      last.value["records"]?.integer == reading.count
    {
      return verdict.add("close", .passed, "log.close is the last of \(reading.count) records")
    }
    if reading.count < newest.size { return }
    let isPaused =
      reading.marks.last?.value["type"]?.string == "log.pause"
      && reading.marks.last?.record == reading.count - 1
    var detail =
      isPaused ? "its run was stopped and can be gone on with" : "the log wasn't closed"
    if reading.count > newest.size {
      detail += "; \(reading.count - newest.size) records were recorded and not sealed"
    }
    if reading.torn > 0 { detail += "; \(reading.torn) bytes of a torn record stand at its end" }
    verdict.add("close", .open, detail)
  }
}
