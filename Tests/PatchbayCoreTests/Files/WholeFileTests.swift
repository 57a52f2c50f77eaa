import Foundation
import PatchbayCore
import Testing

/// A file that is written at once is whole or as it was before.
struct WholeFileTests {
  @Test func `a file is made, and replaced, without leaving anything beside it`() async throws {
    try await TemporaryFolder.run { folder in
      let path = folder + "/out"
      try await WholeFile.write(Array("one".utf8), to: path)
      #expect(try TemporaryFolder.text(of: path) == "one")
      #expect(try TemporaryFolder.mode(of: path) == "600")
      try await WholeFile.write(Array("two".utf8), to: path)
      #expect(try TemporaryFolder.text(of: path) == "two")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["out"])
    }
  }

  @Test func `a link stays, and what it leads to is replaced`() async throws {
    try await TemporaryFolder.run { folder in
      try TemporaryFolder.write("old", to: folder + "/there")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "there")
      try await WholeFile.write(Array("new".utf8), to: folder + "/link")
      #expect(try TemporaryFolder.text(of: folder + "/there") == "new")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "there")
    }
  }

  @Test func `what can't be written leaves nothing`() async throws {
    try await TemporaryFolder.run { folder in
      let error = await #expect(throws: PipelineError.self) {
        try await WholeFile.write([1], to: folder + "/a/out")
      }
      #expect(error?.description == "can't write \(folder)/a/out: No such file or directory")
      let other = await #expect(throws: PipelineError.self) {
        try await WholeFile.write([1], to: folder)
      }
      #expect(other?.description == "can't write \(folder): Is a directory")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == [])
    }
  }

  @Test func `a device is written to as it is`() async throws {
    try await WholeFile.write([1], to: "/dev/null")
    let error = await #expect(throws: PipelineError.self) {
      try await WholeFile.write([1], to: "/dev/full")
    }
    #expect(error?.description == "can't write /dev/full: No space left on device")
  }
}
