import Foundation
import PatchbayCore
import Testing

struct InputFileTests {
  @Test func `a file is read from start to end`() async throws {
    try await TemporaryFolder.run { folder in
      let path = folder + "/in"
      try TemporaryFolder.write("hello, world", to: path)
      let file = try await InputFile.open(path)
      var parts: [String] = []
      for _ in 0..<4 { parts.append(String(decoding: try await file.read(upTo: 5), as: UTF8.self)) }
      #expect(parts == ["hello", ", wor", "ld", ""])
      #expect(try await file.read(upTo: 5) == [])
      #expect(try InputFile.contents(of: path, upTo: 5) == Array("hello".utf8))
    }
  }

  @Test func `an empty file is at its end`() async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/in")
      #expect(try await InputFile.open(folder + "/in").read(upTo: 5) == [])
    }
  }

  @Test(arguments: [("/in", "No such file or directory"), ("/there/x", "Not a directory")])
  func `what can't be opened is named with the reason`(name: String, reason: String) async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/there")
      let error = await #expect(throws: UnreadableInput.self) {
        try await InputFile.open(folder + name)
      }
      #expect(error?.description == "can't read \(folder)\(name): \(reason)")
    }
  }

  @Test func `a folder can't be read`() async throws {
    try await TemporaryFolder.run { folder in
      let file = try await InputFile.open(folder)
      let error = await #expect(throws: UnreadableInput.self) { try await file.read(upTo: 5) }
      #expect(error?.description == "can't read \(folder): Is a directory")
    }
  }

  @Test func `a pipe that nobody writes to is given up by a cancelled task`() async throws {
    try await TemporaryFolder.run { folder in
      let pipe = folder + "/pipe"
      try TemporaryFolder.makePipe(pipe)
      await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          do {
            _ = try await InputFile.open(pipe)
            return false
          } catch {
            return error is CancellationError
          }
        }
        group.cancelAll()
        #expect(await group.next() == true)
      }
      // The thread that waits for a writer still does: let it go.
      try TemporaryFolder.openBothWays(pipe)
    }
  }

  @Test func `reading from a pipe that stays silent is given up by a cancelled task`() async throws
  {
    try await TemporaryFolder.run { folder in
      let pipe = folder + "/pipe"
      try TemporaryFolder.makePipe(pipe)
      let writer = try TemporaryFolder.openBothWays(pipe)
      defer { writer.closeFile() }
      let file = try await InputFile.open(pipe)
      await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          do {
            _ = try await file.read(upTo: 10)
            return false
          } catch {
            return error is CancellationError
          }
        }
        group.cancelAll()
        #expect(await group.next() == true)
      }
      writer.write(Data("x".utf8))
    }
  }
}
