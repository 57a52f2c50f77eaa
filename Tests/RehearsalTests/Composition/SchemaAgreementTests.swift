import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A schema checker of somebody else and the planner agree on all that a schema can say.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] != nil,
    "PATCHBAY_PYTHON is not set; run make test"))
struct SchemaAgreementTests {
  /// What only the whole configuration, or its environment, shows.
  private static let unsayable: Set<String> = [
    "PB0002", "PB0107", "PB0203", "PB0205", "PB0206", "PB0207", "PB0208", "PB0211", "PB0301",
    "PB0302", "PB0401", "PB0402", "PB0501", "PB0601", "PB0602", "PB0611", "PB0621", "PB0622",
    "PB0631", "PB0641",
  ]

  /// Parts of the names of fixtures that the schema accepts for a reason of their own.
  private static let reasons: [String] = []

  /// Whether an issue is about what comes from a template, whose options have no type of their own.
  private static func isInTemplates(_ issue: ConfigIssue, _ document: JSONNode) -> Bool {
    guard let section = document.member("templates") else { return false }
    let behind = (document.members ?? []).map(\.position).filter { $0 > section.position }.min()
    return issue.position > section.position && behind.map { issue.position < $0 } ?? true
      || issue.code == .missingOption
  }

  /// The checker's verdict on each document.
  private func verdicts(_ documents: [JSONValue], schema: String) throws -> [Bool] {
    let folder = try TemporaryFolder.make()
    let lines = documents.map { $0.text() + "\n" }.joined()
    try lines.write(toFile: folder + "/documents", atomically: true, encoding: .utf8)
    _ = FileManager.default.createFile(atPath: folder + "/verdicts", contents: nil)
    let process = Process()
    process.executableURL = URL(
      filePath: ProcessInfo.processInfo.environment["PATCHBAY_PYTHON"] ?? "")
    process.arguments = [
      Repository.root.appending(path: "scripts/check-schema").path,
      Repository.root.appending(path: schema).path,
    ]
    process.standardInput = FileHandle(forReadingAtPath: folder + "/documents")
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/verdicts")
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = try String(contentsOfFile: folder + "/verdicts", encoding: .utf8)
    let verdicts = text.split(separator: "\n").map { $0 == "valid" }
    try #require(verdicts.count == documents.count)
    return verdicts
  }

  private func text(_ path: String) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: path)))
  }

  @Test func `on every broken configuration that is JSON`() throws {
    let fixtures = BrokenConfig.all.filter { $0.arguments.isEmpty }.compactMap {
      fixture -> (BrokenConfig, JSONNode)? in
      // The checker keeps the last of two members with one name, we the first.
      guard let document = try? JSONDocument(parsing: fixture.text()) else { return nil }
      return (fixture, document.root)
    }
    let verdicts = try verdicts(fixtures.map(\.1.value), schema: "patchbay.schema.json")
    #expect(fixtures.count > 80)
    for ((fixture, document), isValid) in zip(fixtures, verdicts) where isValid {
      // What the schema accepts is wrong only in ways that it can't say.
      let result = try fixture.result()
      for issue in result.issues where issue.severity == .error {
        let isUnsayable =
          Self.unsayable.contains(issue.code.id)
          || issue.message.contains("from a variable")
          || document.member("include") != nil || Self.isInTemplates(issue, document)
          || Self.reasons.contains { fixture.name.contains($0) }
        #expect(isUnsayable, "\(fixture.name): the schema accepts \(issue)")
      }
    }
    // And it does refuse something.
    #expect(verdicts.count { !$0 } > 40)
  }

  @Test func `on every example, starter test and block of the docs`() throws {
    let manager = FileManager.default
    let examples = try manager.subpathsOfDirectory(atPath: Repository.root.path + "/Examples")
      .filter { $0.hasSuffix(".json") && !$0.contains("/.") }
      .filter { path in
        !["platform.json", "users.json", "organization.json"].contains { path.hasSuffix($0) }
      }
      // What somebody who tried an example has left there.
      .filter { !$0.contains("/runs/") }
      .map { "Examples/\($0)" }
    let files = ["config.json", "config.test.json"] + examples
    for (schema, isTest) in [("patchbay.schema.json", false), ("patchbay-test.schema.json", true)] {
      let chosen = files.filter { $0.hasSuffix(".test.json") == isTest }
      let documents = try chosen.map {
        try JSONValue(parsing: text(Repository.root.path + "/" + $0))
      }
      for (name, isValid) in zip(chosen, try verdicts(documents, schema: schema)) {
        #expect(isValid, "\(name) is refused by \(schema)")
      }
    }
  }

  @Test func `the schema accepts every mutated configuration that the planner accepts`() throws {
    let texts = [
      "config.json", "Examples/call-log/config.json", "Examples/jsonl/config.json",
      "Examples/composed/config.json",
    ]
    .map { Repository.root.path + "/" + $0 }
    let seeds = try texts.map { (try text($0), $0) }
    let planner = Planner(registry: Rehearsal.registry, variables: ["X": "1", "CALL_LOG": "x"])
    var random = KeyedRandom(seed: 5, purpose: "schema-mutations")
    var accepted: [JSONValue] = []
    for round in 0..<60_000 {
      let (seed, name) = seeds[round % seeds.count]
      let bytes = Mutation.mutate(seed, using: &random)
      guard planner.planWithProfiles(bytes, named: name).plan != nil,
        let value = try? JSONValue(parsing: bytes)
      else { continue }
      accepted.append(value)
    }
    #expect(accepted.count > 300)
    let verdicts = try verdicts(accepted, schema: "patchbay.schema.json")
    for (document, isValid) in zip(accepted, verdicts) where !isValid {
      Issue.record("the planner accepts and the schema refuses \(document.text())")
    }
  }
}
