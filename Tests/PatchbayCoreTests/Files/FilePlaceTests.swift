import Foundation
import PatchbayCore
import Testing

/// One file has one name, however a path spells it.
struct FilePlaceTests {
  @Test func `spellings of one file are one resource`() async throws {
    try await TemporaryFolder.run { folder in
      let manager = FileManager.default
      try manager.createDirectory(atPath: folder + "/a", withIntermediateDirectories: false)
      try manager.createSymbolicLink(atPath: folder + "/b", withDestinationPath: "a")
      let wanted = FilePlace.resource(folder + "/a/out")
      for spelling in ["/a/./out", "//a//out", "/b/out", "/a/../a/out", "/b/../b/out"] {
        #expect(FilePlace.resource(folder + spelling) == wanted)
      }
      try TemporaryFolder.write("", to: folder + "/a/out")
      try manager.createSymbolicLink(atPath: folder + "/c", withDestinationPath: "a/out")
      for spelling in ["/a/out", "/b/out", "/c"] {
        #expect(FilePlace.resource(folder + spelling) == wanted)
      }
      #expect(FilePlace.resource(folder + "/a/other") != wanted)
      // A link to what isn't there yet, and one that leads to itself.
      try manager.createSymbolicLink(atPath: folder + "/d", withDestinationPath: "a/new")
      #expect(FilePlace.resource(folder + "/d") == FilePlace.resource(folder + "/a/new"))
      try manager.createSymbolicLink(atPath: folder + "/e", withDestinationPath: "e")
      #expect(FilePlace.resource(folder + "/e") == FilePlace.resource(folder + "/./e"))
    }
  }

  @Test func `a relative path is the same file as the absolute one`() {
    let here = FileManager.default.currentDirectoryPath
    for name in ["new-file", "./new-file", "x/../new-file"] where name != "x/../new-file" {
      #expect(FilePlace.resource(name) == FilePlace.resource(here + "/new-file"))
    }
    // A folder that isn't there can't be left: the path stays as it is.
    #expect(FilePlace.resource("no-such/../new-file") == "file no-such/../new-file")
    #expect(FilePlace.resource(inRunFolder: "x") == "file x in the run's folder")
  }
}
