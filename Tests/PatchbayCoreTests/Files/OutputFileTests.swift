import PatchbayCore
import Testing

struct OutputFileTests {
  @Test(arguments: [OutputFile.Mode.new, .append, .update])
  func `a new file is its owner's alone`(mode: OutputFile.Mode) throws {
    try TemporaryFolder.run { folder in
      let file = try OutputFile(path: folder + "/out", mode)
      #expect(file.path == folder + "/out")
      #expect(try TemporaryFolder.mode(of: file.path) == "600")
      try file.write(Array("a".utf8))
      try file.write([])
      try file.write(Array("bc".utf8))
      try file.synchronize()
      #expect(try TemporaryFolder.text(of: file.path) == "abc")
    }
  }

  @Test func `a new file must not exist`() throws {
    try TemporaryFolder.run { folder in
      try TemporaryFolder.write("old", to: folder + "/out")
      let error = #expect(throws: PipelineError.self) {
        try OutputFile(path: folder + "/out", .new)
      }
      #expect(error?.description == "can't write \(folder)/out: File exists")
      #expect(try TemporaryFolder.text(of: folder + "/out") == "old")
    }
  }

  @Test func `appending goes on behind what is there`() throws {
    try TemporaryFolder.run { folder in
      let path = folder + "/out"
      try TemporaryFolder.write("old", to: path)
      let (one, other) = (try OutputFile(path: path, .append), try OutputFile(path: path, .append))
      try one.write(Array(" one".utf8))
      try other.write(Array(" other".utf8))
      try one.write(Array(" end".utf8))
      #expect(try TemporaryFolder.text(of: path) == "old one other end")
    }
  }

  @Test func `updating writes where it is told`() throws {
    try TemporaryFolder.run { folder in
      let path = folder + "/out"
      try TemporaryFolder.write("0123456789", to: path)
      let file = try OutputFile(path: path, .update)
      try file.write(Array("ab".utf8), at: 4)
      try file.write([], at: 0)
      #expect(try TemporaryFolder.text(of: path) == "0123ab6789")
      try file.write(Array("X".utf8))
      try file.write(Array("yz".utf8), at: 11)
      #expect(try TemporaryFolder.text(of: path) == "X123ab6789\u{0}yz")
    }
  }

  @Test func `a file is cut off`() throws {
    try TemporaryFolder.run { folder in
      let file = try OutputFile(path: folder + "/out", .append)
      try file.write(Array("0123456789".utf8))
      try file.truncate(to: 4)
      try file.write(Array("x".utf8))
      #expect(try TemporaryFolder.text(of: file.path) == "0123x")
      let error = #expect(throws: PipelineError.self) { try file.truncate(to: -1) }
      #expect(error?.description == "can't shorten \(folder)/out: Invalid argument")
    }
  }

  @Test func `a place before the start is refused`() throws {
    try TemporaryFolder.run { folder in
      let file = try OutputFile(path: folder + "/out", .update)
      let error = #expect(throws: PipelineError.self) { try file.write([1], at: -1) }
      #expect(error?.description == "can't write \(folder)/out: Invalid argument")
    }
  }

  @Test func `a file in a missing folder can't be written`() throws {
    try TemporaryFolder.run { folder in
      let error = #expect(throws: PipelineError.self) {
        try OutputFile(path: folder + "/a/out", .append)
      }
      #expect(error?.description == "can't write \(folder)/a/out: No such file or directory")
    }
  }

  @Test func `a folder can't be written`() throws {
    try TemporaryFolder.run { folder in
      let error = #expect(throws: PipelineError.self) { try OutputFile(path: folder, .append) }
      #expect(error?.description == "can't write \(folder): Is a directory")
    }
  }

  #if os(Linux)
    @Test func `a full disk is named`() throws {
      let file = try OutputFile(path: "/dev/full", .append)
      let error = #expect(throws: PipelineError.self) { try file.write([1]) }
      #expect(error?.description == "can't write /dev/full: No space left on device")
      let other = #expect(throws: PipelineError.self) { try file.write([1], at: 0) }
      #expect(other?.description == "can't write /dev/full: No space left on device")
      // A device has nothing to save, which is no error.
      try file.synchronize()
    }
  #endif
}
