import PatchbayCore
import Testing

struct RunDirectoryTests {
  private let directory = RunDirectory(path: "/runs/1")

  @Test(arguments: ["report.json", ".hidden", "...", "a b", "é😀", "-", "..a", "a\\b"])
  func `a file name stays in the folder`(name: String) throws {
    #expect(try directory.path(of: name) == "/runs/1/" + name)
  }

  @Test(arguments: [
    "", ".", "..", "/", "a/b", "/etc/passwd", "../x", "a/", "a/../b",
    // As a Character, a slash with an accent is no slash; a NUL ends the name for the system.
    "../\u{301}x", "..\u{0}x", "x\u{0}",
  ])
  func `a name that leaves the folder is refused`(name: String) {
    let error = #expect(throws: PipelineError.self) { try directory.path(of: name) }
    #expect(error?.description == "\"\(name)\" is no file name; give one without \"/\"")
  }

  @Test func `folders are made for their owner alone`() async throws {
    try await TemporaryFolder.run { folder in
      let directory = RunDirectory(path: folder + "/a/b/c")
      try directory.create()
      for path in ["/a", "/a/b", "/a/b/c"] {
        #expect(try TemporaryFolder.mode(of: folder + path) == "700")
      }
      let file = try await RecordFile.open(try directory.path(of: "out"), .new)
      try await file.append([0x61])
      try directory.create()
      #expect(try TemporaryFolder.text(of: file.path) == "a")
    }
  }

  @Test func `a doubled or trailing slash makes no difference`() async throws {
    try await TemporaryFolder.run { folder in
      try RunDirectory(path: folder + "//a///b/").create()
      #expect(try TemporaryFolder.mode(of: folder + "/a/b") == "700")
    }
  }

  @Test func `a folder under a file can't be made`() async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/a")
      let directory = RunDirectory(path: folder + "/a/b/c")
      let error = #expect(throws: PipelineError.self) { try directory.create() }
      #expect(error?.description == "can't make the folder \(folder)/a: Not a directory")
    }
  }

  @Test func `a file in place of the folder is refused`() async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("", to: folder + "/a")
      let error = #expect(throws: PipelineError.self) {
        try RunDirectory(path: folder + "/a").create()
      }
      #expect(error?.description == "can't make the folder \(folder)/a: Not a directory")
    }
  }
}
