import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A run has its folder to itself, and older runs make room without their audits.
struct RunFolderTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  /// A finished run with an audit and another file.
  private func run(
    _ options: JSONValue, _ body: @escaping @Sendable () async -> Void = {}
  ) async throws -> RunReport {
    var pipeline = TestPipeline(directory: folder, options: options)
    pipeline.add("source", ScriptedSource(count: 3))
    pipeline.add("keeper", Keeper(body), inputs: ["source"])
    return try await pipeline.run()
  }

  private func names(_ report: RunReport) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: report.run.directory)
    return (names ?? []).filter { $0 != ".audits" }.sorted()
  }

  @Test func `every run leaves a report, whole, for its owner alone`() async throws {
    let report = try await run(["clock": "virtual"])
    let path = report.run.directory + "/report.json"
    let json = try JSONValue(parsing: Array(try Data(contentsOf: URL(filePath: path))))
    #expect(json["run"]?["id"] == .string("\(report.run.id)"))
    #expect(json["events"]?["delivered"] == 3)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(names(report) == ["audit.txt", "other.txt", "report.json"])
  }

  @Test func `older runs are emptied, but keep their audits`() async throws {
    var reports: [RunReport] = []
    for _ in 1...4 { reports.append(try await run(["clock": "virtual", "keep": 2])) }
    #expect(names(reports[0]) == ["audit.txt"])
    for report in reports.dropFirst() {
      #expect(names(report) == ["audit.txt", "other.txt", "report.json"])
    }
  }

  @Test func `audits go where it is said how many are kept`() async throws {
    var reports: [RunReport] = []
    for _ in 1...4 {
      reports.append(try await run(["clock": "virtual", "keep": 1, "keep_audits": 2]))
    }
    #expect(!FileManager.default.fileExists(atPath: reports[0].run.directory))
    #expect(names(reports[1]) == ["audit.txt"])
    #expect(names(reports[2]) == ["audit.txt", "other.txt", "report.json"])
  }

  @Test func `a run that goes on is left alone`() async throws {
    let folder = folder
    let report = try await run(["clock": "virtual", "keep": 1]) {
      for _ in 1...3 {
        var other = TestPipeline(directory: folder, options: ["clock": "virtual", "keep": 1])
        other.add("source", ScriptedSource(count: 1))
        other.add("sink", RecordingSink(), inputs: ["source"])
        _ = try? await other.run()
      }
    }
    #expect(names(report) == ["audit.txt", "other.txt", "report.json"])
  }

  @Test func `links aren't followed, and what isn't a run's stays`() async throws {
    let manager = FileManager.default
    let archive = try TemporaryFolder.make()
    try Data("mine".utf8).write(to: URL(filePath: archive + "/mine"))
    let first = try await run(["clock": "virtual", "keep": 1])
    let name = URL(filePath: first.run.directory).lastPathComponent
    let older = folder + "/" + name.replacing(/^[0-9]{8}/, with: "20200101")
    try manager.createSymbolicLink(atPath: older, withDestinationPath: archive)
    try manager.createDirectory(atPath: folder + "/notes", withIntermediateDirectories: false)
    try Data("x".utf8).write(to: URL(filePath: folder + "/notes/x"))
    try manager.createDirectory(
      atPath: first.run.directory + "/sub", withIntermediateDirectories: false)
    for _ in 1...2 { _ = try await run(["clock": "virtual", "keep": 1]) }
    #expect(try manager.contentsOfDirectory(atPath: archive) == ["mine"])
    #expect(try manager.contentsOfDirectory(atPath: folder + "/notes") == ["x"])
    #expect(names(first) == ["audit.txt", "sub"])
  }

  @Test func `a folder is taken up again once its run has ended, and by one at a time`()
    async throws
  {
    let directory = RunDirectory(path: folder + "/run")
    var first: RunFolder? = try await RunFolder.make(directory)
    #expect(first?.directory == directory)
    let error = await #expect(throws: PipelineError.self) {
      try await RunFolder.takeUp(directory)
    }
    #expect(error?.description == "\(directory.path) belongs to a run that still goes on")
    #expect(error?.code == .fileInUse)
    first = nil
    // Of these a kill has left the drafts, and somebody wanted the others.
    let drafts = ["report.json.new-0123456789abc", "audit/checkpoint.new-00000000000zz"]
    let others = [
      "report.json", "notes.new-v2", "x.new-0123456789ABC", "audit/tile/0.new-0123456789abc",
    ]
    try FileManager.default.createDirectory(
      atPath: directory.path + "/audit/tile", withIntermediateDirectories: true)
    for name in drafts + others {
      try Data().write(to: URL(filePath: "\(directory.path)/\(name)"))
    }
    // A program that another test starts has the lock, too, between its fork and its exec.
    var again: RunFolder?
    for _ in 0..<1_000 where again == nil {
      again = try? await RunFolder.takeUp(directory)
      if again == nil { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(again != nil)
    for name in drafts {
      #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/\(name)"), "\(name)")
    }
    for name in others {
      #expect(FileManager.default.fileExists(atPath: "\(directory.path)/\(name)"), "\(name)")
    }
    let missing = await #expect(throws: PipelineError.self) {
      try await RunFolder.takeUp(RunDirectory(path: folder + "/none"))
    }
    #expect(
      missing?.description == "can't open the folder \(folder)/none: No such file or directory")
  }

  @Test func `a folder that can't be made ends the run before anything is opened`() async throws {
    try Data("x".utf8).write(to: URL(filePath: folder + "/file"))
    var pipeline = TestPipeline(directory: folder + "/file", options: ["clock": "virtual"])
    pipeline.add("source", ScriptedSource(count: 1))
    pipeline.add("sink", RecordingSink(), inputs: ["source"])
    let report = try await pipeline.run()
    #expect(
      report.failures == ["run: can't make the folder \(folder)/file: Not a directory"])
    #expect(report.events.emitted == 0)
    #expect(report.exitCode == .failure)
  }
}

/// Makes an audit and another file, and does something while the run goes on.
private struct Keeper: Sink {
  static let type = "keeper"
  static let doc = "Makes two files."

  private let body: @Sendable () async -> Void

  init(_ options: NoOptions) { self.init {} }
  init(_ body: @escaping @Sendable () async -> Void) { self.body = body }

  mutating func open(_ context: StageContext) async throws {
    for (name, isAudit) in [("audit.txt", true), ("other.txt", false)] {
      let place = try context.directory.makePlace(for: name, isAudit: isAudit)
      try await RecordFile.open(place, .new).append(Array("x\n".utf8))
    }
  }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    await body()
    return .all
  }
}
