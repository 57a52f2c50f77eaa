import Foundation
import PatchbayCore
import Synchronization
import Testing

/// A file of records has one writer and ends with its last whole record.
struct RecordFileTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [RecordFile.Opening.new, .append])
  func `a new file is its owner's alone`(opening: RecordFile.Opening) async throws {
    try await TemporaryFolder.run { folder in
      let file = try await RecordFile.open(folder + "/out", opening)
      #expect(file.path == folder + "/out")
      #expect(try TemporaryFolder.mode(of: file.path) == "600")
      try await file.append(bytes("a"))
      try await file.append(bytes(""))
      try await file.append([bytes("b"), bytes("c")])
      try await file.synchronize()
      #expect(file.length == 3)
      #expect(try TemporaryFolder.text(of: file.path) == "abc")
    }
  }

  @Test func `a new file must not exist`() async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("old", to: folder + "/out")
      let error = await #expect(throws: PipelineError.self) {
        try await RecordFile.open(folder + "/out", .new)
      }
      #expect(error?.description == "can't write \(folder)/out: File exists")
      #expect(error?.code == .unusableFile)
      #expect(try TemporaryFolder.text(of: folder + "/out") == "old")
    }
  }

  @Test func `what closes a file gives way to the next records`() async throws {
    try await TemporaryFolder.run { folder in
      let file = try await RecordFile.open(folder + "/out", .new)
      try await file.append(bytes("["), closing: bytes("\n]"))
      #expect(try TemporaryFolder.text(of: file.path) == "[\n]")
      try await file.append([bytes("1"), bytes(",2")], closing: bytes("\n]"))
      #expect(file.length == 4)
      #expect(try TemporaryFolder.text(of: file.path) == "[1,2\n]")
      try await file.cut(to: 2, closing: bytes("\n]"))
      try await file.append(bytes(",3"), closing: bytes("\n]"))
      #expect(try TemporaryFolder.text(of: file.path) == "[1,3\n]")
      #expect(try await file.read(at: 1, count: 2) == bytes("1,"))
      #expect(try await file.read(at: 5, count: 100) == bytes("]"))
      #expect(try await file.read(at: 6, count: 100) == [])
    }
  }

  @Test func `a lock that passes, as of a program that is being started, is waited for`()
    async throws
  {
    try await TemporaryFolder.run { folder in
      let path = folder + "/out"
      let other = open(path, O_RDWR | O_CREAT, 0o600)
      #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
      let child = Thread {
        usleep(30_000)
        close(other)
      }
      child.start()
      let file = try await RecordFile.open(path, .append)
      try await file.append(bytes("x"))
      #expect(try TemporaryFolder.text(of: path) == "x")
    }
  }

  /// A second writer that has waited for the first, which does something and then lets go of the file.
  ///
  /// It waits for a fifth of a second at most, which may be over before this task gets its turn on a busy
  /// machine: then once more.
  private func secondWriter(
    of path: String, after body: (RecordFile) async throws -> Void
  ) async throws -> RecordFile {
    for _ in 0..<100 {
      var first: RecordFile? = try await RecordFile.open(path, .append)
      let attempt = Attempt()
      async let opening = attempt.open(path)
      while descriptors(of: path) < 2, !attempt.hasEnded.load(ordering: .acquiring) {
        try await Task.sleep(for: .milliseconds(1))
      }
      if let first { try await body(first) }
      first = nil
      if let second = try await opening { return second }
      try? FileManager.default.removeItem(atPath: path)
    }
    throw PipelineError("the second writer never came in time")
  }

  /// Somebody who opens a file, and says when that is over.
  private final class Attempt: Sendable {
    let hasEnded = Atomic(false)

    /// Nil if another one has the file.
    func open(_ path: String) async throws -> RecordFile? {
      defer { hasEnded.store(true, ordering: .releasing) }
      do {
        return try await RecordFile.open(path, .append)
      } catch let error as PipelineError where error.code == .fileInUse {
        return nil
      }
    }
  }

  /// How often a file is open in this process.
  private func descriptors(of path: String) -> Int {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.count {
      (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
    }
  }

  @Test func `a second writer that waits for the first goes on behind its last record`()
    async throws
  {
    try await TemporaryFolder.run { folder in
      let file = try await secondWriter(of: folder + "/out") { try await $0.append(bytes("one ")) }
      #expect(file.length == 4)
      try await file.append(bytes("other"))
      #expect(try TemporaryFolder.text(of: file.path) == "one other")
    }
  }

  @Test func `a second writer makes the file again that the first has removed`() async throws {
    try await TemporaryFolder.run { folder in
      let file = try await secondWriter(of: folder + "/out") { await $0.remove() }
      try await file.append(bytes("other"))
      #expect(try TemporaryFolder.text(of: file.path) == "other")
    }
  }

  @Test func `nothing is read where less than nothing is asked for`() async throws {
    try await TemporaryFolder.run { folder in
      let file = try await RecordFile.open(folder + "/out", .append)
      #expect(try await file.read(at: 0, count: -1) == [])
    }
  }

  @Test func `appending goes on behind what is there, once the writer before has let go`()
    async throws
  {
    try await TemporaryFolder.run { folder in
      let path = folder + "/out"
      try TemporaryFolder.write("old", to: path)
      var one: RecordFile? = try await RecordFile.open(path, .append)
      try await one?.append(bytes(" one"))
      let error = await #expect(throws: PipelineError.self) {
        try await RecordFile.open(folder + "/./out", .append)
      }
      #expect(
        error?.description
          == "can't write \(folder)/./out: another run or stage is writing it; name another file, "
          + "or wait until that has ended")
      #expect(error?.code == .fileInUse)
      one = nil
      let other = try await RecordFile.open(path, .append)
      try await other.append(bytes(" other"))
      #expect(try TemporaryFolder.text(of: path) == "old one other")
    }
  }

  @Test func `what stands behind a place gives way to the first record, and not before`()
    async throws
  {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("[1 ] ", to: folder + "/out")
      let file = try await RecordFile.open(folder + "/out", .append)
      try await file.goOn(behind: 2)
      #expect(try TemporaryFolder.text(of: file.path) == "[1 ] ")
      try await file.append(bytes(",2"), closing: bytes("]"))
      #expect(try TemporaryFolder.text(of: file.path) == "[1,2]")
      await file.remove()
      #expect(throws: (any Error).self) { try TemporaryFolder.text(of: file.path) }
    }
  }

  @Test func `only a regular file holds records`() async throws {
    try await TemporaryFolder.run { folder in
      let pipe = folder + "/pipe"
      try TemporaryFolder.makePipe(pipe)
      for (path, what) in [(pipe, "a pipe"), ("/dev/null", "a device")] {
        let error = await #expect(throws: PipelineError.self) {
          try await RecordFile.open(path, .append)
        }
        #expect(
          error?.description == "can't write \(path): it is \(what); name a regular file")
      }
      let error = await #expect(throws: PipelineError.self) {
        try await RecordFile.open(folder, .append)
      }
      #expect(error?.description == "can't write \(folder): Is a directory")
    }
  }

  @Test func `a file in a missing folder can't be written`() async throws {
    try await TemporaryFolder.run { folder in
      let error = await #expect(throws: PipelineError.self) {
        try await RecordFile.open(folder + "/a/out", .append)
      }
      #expect(error?.description == "can't write \(folder)/a/out: No such file or directory")
    }
  }
}
