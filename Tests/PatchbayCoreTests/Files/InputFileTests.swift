import PatchbayCore
import Testing

struct InputFileTests {
  @Test func `a file is read from start to end`() throws {
    try TemporaryFolder.run { folder in
      let path = folder + "/in"
      try TemporaryFolder.write("hello, world", to: path)
      let file = try InputFile(path: path)
      let parts = try (0..<4).map { _ in String(decoding: try file.read(upTo: 5), as: UTF8.self) }
      #expect(parts == ["hello", ", wor", "ld", ""])
      #expect(try file.read(upTo: 5) == [])
    }
  }

  @Test func `an empty file is at its end`() throws {
    try TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/in")
      #expect(try InputFile(path: folder + "/in").read(upTo: 5) == [])
    }
  }

  @Test func `a file that isn't there can't be read`() throws {
    try TemporaryFolder.run { folder in
      let error = #expect(throws: UnreadableInput.self) { try InputFile(path: folder + "/in") }
      #expect(error?.description == "can't read \(folder)/in: No such file or directory")
    }
  }

  @Test func `a file under a file can't be read`() throws {
    try TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/in")
      let error = #expect(throws: UnreadableInput.self) { try InputFile(path: folder + "/in/x") }
      #expect(error?.description == "can't read \(folder)/in/x: Not a directory")
    }
  }

  @Test func `a folder can't be read`() throws {
    try TemporaryFolder.run { folder in
      let file = try InputFile(path: folder)
      let error = #expect(throws: UnreadableInput.self) { try file.read(upTo: 5) }
      #expect(error?.description == "can't read \(folder): Is a directory")
    }
  }
}
