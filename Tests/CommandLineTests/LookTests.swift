import Foundation
import PatchbayTesting
import Testing

/// `patchbay look`: from a file that nobody knows to a run, by two commands.
struct LookTests {
  private static let field = Program.root.appending(path: "Tests/Fixtures/field").path

  @Test func `what it writes is a configuration that runs`() throws {
    let folder = try TemporaryFolder.make()
    let look = try Program.run(
      ["look", "\(Self.field)/call-dataset/calls.csv", "--output", "found.json"], folder: folder)
    #expect(look.code == 0)
    #expect(look.output == "")
    #expect(look.errors.contains("agent: \"Agent\", 3 different"))
    #expect(look.errors.contains("> Agent B: rang 2021-01-13T09:05:15"))
    #expect(look.errors.contains("written: found.json"))
    let run = try Program.run(["run", "found.json"], folder: folder)
    #expect(run.code == 0)
    let again = try Program.run(
      ["look", "\(Self.field)/call-dataset/calls.csv", "--output", "found.json"], folder: folder)
    #expect(again.code == 64)
    #expect(again.errors.contains("found.json exists"))
  }

  @Test func `without a file to write to, the configuration is printed alone`() throws {
    let folder = try TemporaryFolder.make()
    let look = try Program.run(
      ["look", "\(Self.field)/asterisk-queue-log/queue_log"], folder: folder)
    #expect(look.code == 0)
    try look.output.write(toFile: folder + "/x.json", atomically: true, encoding: .utf8)
    #expect(try Program.run(["validate", "x.json"], folder: folder).code == 0)
  }

  @Test(arguments: [
    ("every-row-bad.csv", 1, "none a state"), ("empty.csv", 66, "is empty"),
    ("nowhere.csv", 66, "nowhere.csv"),
  ])
  func `what can't be found out is said`(file: String, code: Int32, says: String) throws {
    let folder = try TemporaryFolder.make()
    let look = try Program.run(["look", "\(Self.field)/messy/\(file)"], folder: folder)
    #expect(look.code == code)
    #expect(look.output == "")
    #expect(look.errors.contains(says), "\(look.errors)")
  }
}
