import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// Targets of sinks, by the folders of their runs; each can be broken for a while.
private final class Targets: Sendable {
  struct Target {
    var bytes: [UInt8] = []
    var isBroken = false
  }

  static let all = Targets()
  private let targets = Mutex<[String: Target]>([:])

  func change<Result: Sendable>(_ path: String, _ body: (inout Target) -> Result) -> Result {
    targets.withLock { body(&$0[path, default: Target()]) }
  }
}

/// What an interrupted sink does when its target is broken.
private enum Interruption: String, CaseIterable, OptionChoice {
  case sound
  case tears
  case doubles
  case halves

  var doc: String { "Planted." }
}

/// Keeps lines, and leaves something behind when its target takes part of a write.
private struct InterruptedSink: Sink {
  static let type = "interrupted"
  static let doc = "Keeps lines, for a test."

  struct Options: OptionGroup {
    let interruption: Interruption

    init(from options: inout OptionReader) {
      interruption = options.value("fault", default: .sound, doc: "What it does wrong.")
    }
  }

  private let interruption: Interruption
  private var path = ""

  init(_ options: Options) { interruption = options.interruption }

  mutating func open(_ context: StageContext) async throws { path = context.directory.path }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    let batch = copy batch
    let lines = batch.indices.map { index in
      Array(JSONValue.string(batch.sequenceID(of: batch[index])).text().utf8) + [0x0A]
    }
    let half = lines.count / 2
    let result: WriteResult? = Targets.all.change(path) { [interruption] target in
      if !target.isBroken {
        target.bytes += lines.joined()
        return .all
      }
      switch interruption {
      case .sound: return nil
      case .tears:
        target.bytes += lines.joined().dropLast(5)
        return nil
      case .doubles:
        target.bytes += lines[..<half].joined()
        return nil
      case .halves:
        // It tells of the first half that it is left over, though it is kept.
        target.bytes += lines[..<half].joined()
        return WriteResult(undelivered: Array(batch.indices), problem: "no room")
      }
    }
    guard let result else { throw PipelineError("no room") }
    return result
  }

  static func kept(_ directory: RunDirectory) -> [String] {
    let bytes = Targets.all.change(directory.path) { $0.bytes }
    return bytes.split(separator: 0x0A).map { line in
      (try? JSONValue(parsing: Array(line)))?.string ?? String(decoding: line, as: UTF8.self)
    }
  }
}

/// What a sink leaves behind of a write that failed is found once the target works again.
struct InterruptedSinkTests {
  private func problems(_ interruption: Interruption, isMended: Bool = true) async -> [String] {
    let check = Conformance(
      InterruptedSink.self, options: ["fault": .string(interruption.rawValue)])
    let mend: @Sendable (RunDirectory) async throws -> Void = { directory in
      Targets.all.change(directory.path) { $0.isBroken = false }
    }
    return await check.problems(
      kept: { InterruptedSink.kept($0) },
      breaking: { directory in Targets.all.change(directory.path) { $0.isBroken = true } },
      mending: isMended ? mend : nil)
  }

  @Test func `one that leaves nothing behind has no problems`() async {
    #expect(await problems(.sound) == [])
  }

  @Test(arguments: [
    (Interruption.tears, "that it doesn't claim to have written, such as "),
    (.doubles, "keeps 15 events more than once, such as test-30"),
    (.halves, "keeps 15 events more than once, such as test-30"),
  ])
  private func `a torn or doubled write is found`(
    interruption: Interruption, message: String
  ) async {
    let problems = await problems(interruption)
    let place = "a target that is broken for a while: "
    #expect(problems.contains { $0.hasPrefix(place) && $0.contains(message) }, "\(problems)")
    // Only what comes after it shows it.
    #expect(await self.problems(interruption, isMended: false) == [])
  }
}
