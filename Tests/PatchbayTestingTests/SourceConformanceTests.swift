import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// What a planted source does wrong.
private enum SourceFault: String, CaseIterable, OptionChoice {
  case none
  case silent
  case forgetful
  case impatient
  case deaf
  case oversleeping
}

/// A source of numbers that does one thing wrong.
private struct PlantedSource: Source {
  static let type = "planted"
  static let doc = "Emits numbers, and does one thing wrong."
  private static let runs = Mutex(0)

  struct Options: OptionGroup {
    let fault: SourceFault

    init(from options: inout OptionReader) {
      fault = options.value("fault", default: .none, doc: "What it does wrong.")
    }
  }

  private let fault: SourceFault
  private var clock: (any PipelineClock)?

  init(_ options: Options) { fault = options.fault }

  mutating func open(_ context: StageContext) async throws { clock = context.clock }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    let run = Self.runs.withLock { runs in
      runs += 1
      return runs
    }
    if fault == .silent { return }
    if fault == .impatient { return try await emitAtOnce(outlet) }
    for number in 0..<200 {
      let mark = fault == .forgetful ? "\(run)-\(number)" : "\(number)"
      do {
        try await outlet.emit(EventFields(sequenceID: mark))
        if number % 50 == 0, let clock {
          try await outlet.wait(until: clock.now.advanced(by: .seconds(1)))
        }
      } catch {
        if fault == .deaf || fault == .oversleeping { await Parked.forEver() }
        throw error
      }
    }
  }

  private func emitAtOnce(_ outlet: SourceOutlet) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<400 {
        group.addTask { try await outlet.emit(EventFields(sequenceID: "\(number)")) }
      }
      try await group.waitForAll()
    }
  }
}

struct SourceConformanceTests {
  private func problems(_ fault: SourceFault) async -> [String] {
    var check = Conformance(PlantedSource.self, options: ["fault": .string(fault.rawValue)])
    if fault == .deaf || fault == .oversleeping { check.patience = .milliseconds(500) }
    return await check.problems()
  }

  @Test func `a sound source has no problems`() async {
    #expect(await problems(.none) == [])
  }

  @Test(arguments: [
    (SourceFault.silent, "a whole run: emits nothing; give it options or input with events"),
    (.forgetful, "the same seed again: event 1 is"),
    (.impatient, "a full pipeline: keeps "),
    (.deaf, "cancelled while the pipeline is full: hangs: it didn't return"),
    (.oversleeping, "cancelled while the clock stands still: hangs: it didn't return"),
  ])
  private func `a planted fault is found`(fault: SourceFault, message: String) async {
    let problems = await problems(fault)
    #expect(problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }
}
