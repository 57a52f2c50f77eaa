import Foundation
import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// What a spool holds survives any end, and what is damaged is found.
struct SpoolTests {
  private let folder: String
  private let target = SpoolTarget()

  init() throws { folder = try TemporaryFolder.make() }

  private var path: String { SpoolFolder.path(in: folder, pipeline: "test", sink: "target") }

  private func run(
    _ numbers: Range<Int>, attributes: String = ""
  ) async throws -> RunReport {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in numbers {
          var event = EventFields.sample(number)
          event.attributes = attributes
          try await outlet.emit(event)
        }
      })
    pipeline.add("target", TargetSink(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
    return try await pipeline.makeRun { $0.batchSize = 16 }.run()
  }

  private func segments() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".events") }
      .sorted()
  }

  private func survey() throws -> SpoolSurvey {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", ScriptedSource(count: 0))
    pipeline.add("target", TargetSink(target), inputs: ["source"], buffer: .spool(SpoolBuffer()))
    return try #require(SpoolSurvey.all(of: try pipeline.checkedPlan()).first)
  }

  @Test func `segments are removed as they are done with`() async throws {
    target.die()
    let big = "{\"text\":\"" + String(repeating: "x", count: 60_000) + "\"}"
    _ = try await run(0..<900, attributes: big)
    #expect(try segments().count >= 3)
    target.behave { batch, number in
      if number > 5 { throw SpoolTarget.Dead() }
      return .all
    }
    _ = try await run(900..<901)
    let taken = target.taken.count
    #expect(taken > 0 && taken < 901)
    #expect(try survey().scan.waiting == 901 - taken)
    target.live()
    _ = try await run(901..<902)
    #expect(target.taken == (0..<902).map { "test-\($0)" })
    #expect(try segments() == [])
  }

  @Test func `a spool that breaks off anywhere, or is damaged, gives out nothing wrong`()
    async throws
  {
    target.die()
    _ = try await run(0..<40)
    _ = try await run(40..<80)
    let names = try segments()
    #expect(names.count == 2)
    let whole = try names.map { try InputFile.contents(of: "\(path)/\($0)", upTo: .max) }
    var random = KeyedRandom(seed: 4, purpose: "spool.damage")
    for _ in 0..<60 {
      let which = Int(random.next() % 2)
      let place = Int(random.next() % UInt64(whole[which].count))
      var damaged = whole[which]
      damaged[place] ^= UInt8(1 << (random.next() % 8))
      for (name, bytes) in zip(names, whole) {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
      }
      try Data(damaged).write(to: URL(filePath: "\(path)/\(names[which])"))
      let survey = try survey()
      #expect(
        survey.isDamaged || survey.scan.tornBytes > 0, "byte \(place) of \(names[which])")
      let steps = try SpoolRepair(path).run()
      let mended = try self.survey()
      #expect(!mended.isDamaged)
      #expect(!survey.isDamaged || !steps.isEmpty)
      // One damaged byte takes at most what was kept with it.
      #expect(mended.scan.waiting <= 80 && mended.scan.waiting >= 40)
      for name in try FileManager.default.contentsOfDirectory(atPath: path)
      where name.contains("damaged") {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
    for (name, bytes) in zip(names, whole) {
      try Data(bytes[..<(bytes.count - 3)]).write(to: URL(filePath: "\(path)/\(name)"))
    }
    // What is torn at the end of a segment is the mark of its orderly end here.
    #expect(try survey().scan.waiting == 80)
    target.live()
    let report = try await run(80..<81)
    #expect(report.failures == [])
    #expect(target.taken == (0..<81).map { "test-\($0)" })
  }

  @Test func `a run stops at a damaged place, says so, and goes on behind it after a repair`()
    async throws
  {
    target.die()
    for number in 0..<3 { _ = try await run(number * 10..<number * 10 + 10) }
    let name = try segments()[1]
    var bytes = try InputFile.contents(of: "\(path)/\(name)", upTo: .max)
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    target.live()
    let report = try await run(30..<31)
    #expect(report.exitCode == .failure)
    #expect(report.failures.count == 1)
    #expect(report.failures[0].contains("`patchbay queue repair` helps: \(path)/\(name)"))
    #expect(target.taken == (0..<10).map { "test-\($0)" })
    let steps = try SpoolRepair(path).run()
    #expect(steps.count == 1)
    let second = try await run(31..<32)
    #expect(second.failures == [])
    let others = Set((0..<10).map { "test-\($0)" } + (20..<32).map { "test-\($0)" })
    #expect(others.isSubset(of: target.taken))
    #expect(Set(target.taken).count == target.taken.count)
  }

  @Test func `receipts that can't be read are refused by name`() async throws {
    target.die()
    _ = try await run(0..<10)
    try Data("nonsense".utf8).write(to: URL(filePath: "\(path)/done"))
    let report = try await run(10..<11)
    #expect(report.exitCode != .success)
    #expect(report.failures.first?.contains("\(path)/done") ?? false)
    _ = try SpoolRepair(path).run()
    target.live()
    _ = try await run(11..<12)
    #expect(target.taken == (0..<10).map { "test-\($0)" } + ["test-11"])
  }

  @Test(arguments: [
    "plain-name_1", "with blank/and slash", "..", String(repeating: "ü", count: 100),
  ])
  func `whatever a pipeline is called, its spools have a folder`(name: String) {
    let path = SpoolFolder.path(in: "runs", pipeline: name, sink: "qa")
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    #expect(parts.count == 4)
    #expect(parts.allSatisfy { $0 != ".." && !$0.isEmpty && $0.utf8.count <= 255 })
  }
}
