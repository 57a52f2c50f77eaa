import Foundation
import PatchbayJSON
import PatchbayTesting
import Testing

/// `patchbay init` writes pipelines that are valid, tested, and run.
@Suite(.needsProgram, .waitsForPrograms)
struct StarterTests {
  private static let target = [
    "TARGET_URL": "https://target.example/e", "TARGET_TOKEN": "not-a-real-token",
  ]

  @Test(arguments: ["smoke", "replay", "load", "real"])
  func `a starter is valid, without a warning, and its tests pass`(starter: String) throws {
    let folder = try TemporaryFolder.make()
    let made = try Program.run(
      ["init", starter, "--directory", "new/pipeline", "--name", "my own"], folder: folder)
    #expect(made.code == 0)
    let home = folder + "/new/pipeline"
    let names = try FileManager.default.contentsOfDirectory(atPath: home).sorted()
    #expect(
      names.filter { $0 != "events.jsonl" } == [
        "README.md", "config.json", "config.test.json", "patchbay-test.schema.json",
        "patchbay.schema.json",
      ])
    let valid = try Program.run(["validate", "--strict"], folder: home, environment: Self.target)
    #expect(valid.code == 0)
    #expect(valid.errors == "")
    let tested = try Program.run(["test", "config.test.json"], folder: home)
    #expect(tested.code == 0, "\(tested.output)\(tested.errors)")
    #expect(Program.text(home + "/README.md").hasPrefix("# my own\n"))
    let config = try JSONValue(parsing: Program.text(home + "/config.json"))
    #expect(config["name"] == "my own")
    // Those of this program, the modules in Plugins/ among them.
    for (name, arguments) in [
      ("patchbay.schema.json", ["schema"]), ("patchbay-test.schema.json", ["schema", "--tests"]),
    ] {
      #expect(try Program.text("\(home)/\(name)") == Program.run(arguments).output)
    }
  }

  @Test(arguments: [["smoke", "--profile", "ci"], ["replay"]])
  func `a starter runs against the sandbox`(arguments: [String]) throws {
    let folder = try TemporaryFolder.make()
    #expect(try Program.run(["init", arguments[0]], folder: folder).code == 0)
    let result = try Program.run(["run"] + arguments.dropFirst(), folder: folder)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }

  @Test func `nothing is overwritten unless asked for`() throws {
    let folder = try TemporaryFolder.make()
    try "mine".write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    let refused = try Program.run(["init", "smoke"], folder: folder)
    #expect(refused.code == 64)
    #expect(refused.errors.contains("config.json exists; --force replaces"))
    #expect(Program.text(folder + "/config.json") == "mine")
    #expect(!FileManager.default.fileExists(atPath: folder + "/README.md"))
    #expect(try Program.run(["init", "smoke", "--force"], folder: folder).code == 0)
    #expect(Program.text(folder + "/config.json") != "mine")
  }

  @Test func `without a terminal the starter must be named, and rightly`() throws {
    let nobody = try Program.run(["init"])
    #expect(nobody.code == 64)
    #expect(nobody.errors.contains("name a starter: smoke, replay, load, real"))
    let wrong = try Program.run(["init", "smok"])
    #expect(wrong.code == 64)
    #expect(wrong.errors.contains(#"there is no starter "smok" (did you mean "smoke"?)"#))
    #expect(try Program.run(["init", "smoke", "--name", "a\"b"]).code == 64)
  }
}
