import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayStages
import PatchbayTesting
import Synchronization
import SystemPackage

/// A run with journal, audit log, dead letters and a spool that meets what a seed draws: interleavings, a disk that
/// fails or fills up, kills and failures of power, and going on with it until it is complete.
///
/// Everything but the disk's bytes is simulated, so that a seed shows the same again.
package struct Simulation {
  /// What came of one.
  package struct Verdict: Sendable {
    /// What must not be; empty if all is well.
    package var violations: [String] = []
    /// What happened, in order: the same for the same seed.
    package var story: [String] = []
    /// How often its process was killed.
    package var crashes = 0
    /// How many changes of the disk failed.
    package var faults = 0
  }

  /// What must stay as it was when its process was killed: it never runs again.
  private static let graveyard = Mutex<[any Sendable]>([])

  private let draws: Draws
  private let folder: String
  private let world = World()
  private var random: KeyedRandom
  private var verdict = Verdict()
  private var hasLostPower = false
  /// Whether a spool couldn't be written, as a run has said.
  private var hasLostReceipts = false
  /// The disk of the process before, unless the power has failed since.
  private var lastDisk: SimulatedDisk?
  /// The run's folder, once there is one that can be gone on with.
  private var path: String?

  /// Makes the simulation of a seed.
  ///
  /// - Parameter folder: where its files go; it must be empty.
  package init(seed: UInt64, in folder: String) {
    draws = Draws(seed: seed)
    self.folder = folder
    random = KeyedRandom(seed: seed, purpose: "simulation")
  }

  /// Runs it to its end.
  package mutating func run() -> Verdict {
    var last: RunReport?
    for trouble in troubles() + [.none] {
      guard let next = attempt(trouble) else { return verdict }
      if case .ended(let report) = next {
        last = report
        if report.failures.isEmpty, !report.run.canBeResumed { break }
      }
      if isComplete { break }
    }
    guard let path else {
      verdict.violations.append("it never came to an end")
      return verdict
    }
    drain()
    check(path, last)
    return verdict
  }

  /// Whether the run was killed when it had nothing left to do but to end.
  private var isComplete: Bool {
    guard let path else { return false }
    return InputFile.isReadable("\(path)/\(RunReport.fileName)")
      && !InputFile.isReadable("\(path)/\(Journal.fileName)")
  }

  // MARK: Attempts

  private enum Next {
    case ended(RunReport)
    case crashed
  }

  /// What goes wrong in each attempt but the last.
  private mutating func troubles() -> [SimulatedDisk.Trouble] {
    (0..<Int(random.next() % 4)).map { _ in
      // As often early as late.
      let place = 1 + Int(random.next() % (1 << (2 + random.next() % 8)))
      switch random.next() % 6 {
      case 0: return .failure([place], .ioError)
      case 1: return .failure(Set((0..<8).map { place + 3 * $0 }), .ioError)
      case 2: return .full(place..<place + 1 + Int(random.next() % 200))
      case 3, 4: return .kill(at: place)
      default: return .powerFailure(at: place)
      }
    }
  }

  private func pipeline(_ clock: any PipelineClock, isFlaky: Bool) -> TestPipeline {
    var draws = draws
    draws.clock = clock
    var pipeline = TestPipeline(
      directory: folder,
      options: ["clock": "virtual", "journal": true, "seed": 7, "keep": 100])
    if draws.isQueue {
      pipeline.add("source", SimulatedQueue(draws, world))
    } else {
      pipeline.add("source", SimulatedSource(draws))
    }
    pipeline.add("check", SimulatedValidator(), inputs: ["source"])
    pipeline.add("inject", SimulatedInjector(draws, world), inputs: ["check"])
    let rejected = ["check.rejected", "source.rejected"]
    let all = ["inject", "inject.failed"] + rejected
    pipeline.add("audit", AuditLogSink(.sealedWithoutTimer), inputs: all)
    pipeline.add("lines", JSONLinesSink(.standard), inputs: all)
    pipeline.add("dead", DeadLetterSink(.standard), inputs: ["inject.failed"] + rejected)
    pipeline.add(
      "far", SimulatedFarSink(draws, world, isFlaky: isFlaky), inputs: all,
      buffer: .spool(SpoolBuffer()))
    return pipeline
  }

  /// Runs, or goes on, until the end or until the process is killed; nil if it hangs.
  private mutating func attempt(_ trouble: SimulatedDisk.Trouble) -> Next? {
    let disk = SimulatedDisk(trouble, after: lastDisk) { [world] in world.cut(true) }
    lastDisk = disk
    world.cut(false)
    let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    let path = path.flatMap { InputFile.isReadable("\($0)/\(Journal.fileName)") ? $0 : nil }
    let clock = VirtualClock(start: start)
    let pipeline = pipeline(clock, isFlaky: trouble != .none)
    let made = Mutex<PipelineRun?>(nil)
    let prepare: @Sendable (inout RunEnvironment) -> Void = { [draws] environment in
      environment.clock = clock
      environment.batchSize = draws.batchSize
      environment.wallClock = { start }
    }
    let outcome = execute(on: disk) {
      let run =
        if let path {
          try await pipeline.makeRun(goingOnWith: path, prepare)
        } else {
          try pipeline.makeRun(prepare)
        }
      made.withLock { $0 = run }
      return await run.run()
    }
    verdict.faults += disk.faults
    let run = made.withLock { $0 }
    switch outcome {
    case .hung:
      verdict.violations.append("it hangs: nobody has anything to do, and it doesn't end")
      bury(run, pipeline)
      return nil
    case .crashed:
      verdict.story.append("killed after \(disk.count) changes")
      verdict.crashes += 1
      bury(run, pipeline)
      disk.crash()
      if case .powerFailure = trouble {
        hasLostPower = true
        lastDisk = nil
        disk.losePower(&random)
      }
      self.path = run?.directoryPath ?? path
      return .crashed
    case .failed(let error):
      verdict.violations.append("can't be gone on with: \(error)")
      return nil
    case .ended(let report):
      verdict.story.append(
        "ended after \(disk.count) changes, \(report.failures.count) failures")
      for spool in report.stages.compactMap(\.spool) {
        verdict.story.append(
          "  spool: \(spool.found) found, \(spool.kept) kept, \(spool.delivered) delivered, "
            + "\(spool.waiting) wait")
      }
      verdict.story += report.failures.map {
        "  " + $0.replacing(report.run.directory, with: "RUN").replacing(folder, with: "FOLDER")
      }
      self.path = report.run.directory
      if report.failures.contains(where: { $0.contains("\(folder)/spool/") }) {
        hasLostReceipts = true
      }
      if !report.events.isBalanced { verdict.violations.append("the account isn't balanced") }
      if trouble == .none, !report.failures.isEmpty {
        verdict.violations.append("it fails with nothing wrong: \(report.failures)")
      }
      return .ended(report)
    }
  }

  /// Keeps what nobody may let go of: files that were closed by the kill would be closed once more.
  private func bury(_ run: PipelineRun?, _ pipeline: TestPipeline) {
    Self.graveyard.withLock { $0 += [run.map { $0 as any Sendable }, pipeline].compactMap(\.self) }
  }

  private enum Outcome {
    case ended(RunReport)
    case crashed
    case failed(any Error)
    case hung
  }

  /// Runs something on one thread, in the order that the seed says, with a disk of its own.
  private mutating func execute(
    on disk: SimulatedDisk, _ body: @escaping @Sendable () async throws -> RunReport
  ) -> Outcome {
    let executor = SeededExecutor()
    let box = ResultBox()
    Task(executorPreference: executor) {
      await BlockingLane.$isInline.withValue(true) {
        await RealTime.$stands.withValue(true) {
          await Disk.$simulation.withValue(disk) {
            do {
              box.set(.success(try await body()))
            } catch {
              box.set(.failure(error))
            }
          }
        }
      }
    }
    let hasEnded = executor.run(&random) { disk.hasCrashed || box.value != nil }
    guard hasEnded else {
      executor.stop()
      return .hung
    }
    if disk.hasCrashed {
      executor.stop()
      return .crashed
    }
    switch box.value {
    case .success(let report)?: return .ended(report)
    case .failure(let error)?: return .failed(error)
    case nil: return .hung
    }
  }

  /// Delivers what is left in the spool, to a far system that takes everything.
  private mutating func drain() {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    let pipeline = pipeline(clock, isFlaky: false)
    let disk = SimulatedDisk(.none, after: nil) {}
    let outcome = execute(on: disk) {
      try await pipeline.makeRun(draining: ["far"]) {
        $0.clock = clock
        $0.wallClock = { Timestamp(nanoseconds: 1_767_225_600_000_000_000) }
      }.run()
    }
    guard case .ended(let report) = outcome, report.failures.isEmpty,
      report.stages.compactMap(\.spool).allSatisfy({ $0.waiting == 0 })
    else {
      verdict.violations.append("what is left in the spool can't be delivered: \(outcome)")
      return
    }
  }

  // MARK: What must hold

  /// - Parameters:
  ///   - folder: the run's.
  ///   - report: the last one, if its process lived to give one.
  private mutating func check(_ folder: String, _ report: RunReport?) {
    let audit = Self.ids(in: "\(folder)/audit/audit.ndjson")
    verifyLog("\(folder)/audit")
    demandOnce(audit, "records in the audit log")
    if !hasLostPower { demandOnce(Self.ids(in: "\(folder)/events.jsonl"), "lines in the copy") }
    let all = Set(audit.keys)
    if !draws.isQueue {
      demandAll((0..<draws.count).map { "test-\($0)" }, in: all, "the audit log")
    }
    for (id, keys) in world.effects.sorted(by: { $0.key < $1.key }) where keys.count > 1 {
      verdict.violations.append("\(id) was sent under \(keys.count) keys: it had two effects")
    }
    demandAll(world.effects.keys.sorted(), in: all, "the audit log, and had an effect")
    demandAll(world.acknowledged.sorted(), in: all, "the audit log, and was acknowledged")
    let far = world.far
    demandAll(
      world.acknowledged.sorted(), in: Set(far.keys), "the far system, and was acknowledged")
    // What a queue gives once, and wasn't told to be done with, may have come to one sink and not to another.
    if !draws.isQueue {
      demandAll(all.sorted(), in: Set(far.keys), "the far system, and has a record")
      demandAll(far.keys.sorted(), in: all, "the audit log, and came to the far system")
    }
    // What was delivered can't be known where it couldn't be written down.
    if verdict.crashes == 0, !hasLostReceipts { demandOnce(far, "deliveries to the far system") }
    if !hasLostPower {
      let letters = Self.letters(in: "\(folder)/dead-letters.jsonl")
      demandOnce(letters, "dead letters")
      let turnedAway = report.map { $0.events.rejected + $0.events.failed } ?? letters.count
      // What a queue gave when the journal couldn't be written isn't known to the run that goes on.
      if letters.count != turnedAway, !draws.isQueue {
        let records = Self.outcomes(in: "\(folder)/audit/audit.ndjson")
        let others = letters.keys.filter { records[$0] == "accepted" || records[$0] == nil }
        verdict.violations.append(
          "\(letters.count) dead letters for \(turnedAway) events, also of \(others.sorted())")
      }
    }
    if InputFile.isReadable("\(folder)/\(Journal.fileName)") {
      verdict.violations.append("the journal of a complete run is still there")
    }
  }

  private mutating func demandAll(_ ids: [String], in place: Set<String>, _ name: String) {
    let missing = ids.filter { !place.contains($0) }
    if !missing.isEmpty {
      verdict.violations.append("\(missing.count) events aren't in \(name): \(missing.prefix(3))")
    }
  }

  private mutating func demandOnce(_ counts: [String: Int], _ name: String) {
    let twice = counts.filter { $0.value > 1 }.keys.sorted()
    if !twice.isEmpty {
      verdict.violations.append("\(twice.count) events have two \(name): \(twice.prefix(3))")
    }
  }

  private mutating func verifyLog(_ folder: String) {
    let box = VerdictBox()
    let executor = SeededExecutor()
    Task(executorPreference: executor) {
      await BlockingLane.$isInline.withValue(true) {
        box.set(await LogVerifier(folder, key: nil, since: nil).verify())
      }
    }
    _ = executor.run(&random) { box.value != nil }
    guard let found = box.value, found.exitCode == .success else {
      let checks = box.value?.checks.filter { $0.result != .passed }.map {
        "\($0.name): \($0.detail)"
      }
      verdict.violations.append("the audit log isn't valid: \(checks ?? [])")
      return
    }
  }

  private static func ids(in path: String) -> [String: Int] {
    count(path) { $0["sequence_id"]?.string }
  }

  private static func outcomes(in path: String) -> [String: String] {
    var outcomes: [String: String] = [:]
    _ = count(path) { record in
      guard let id = record["sequence_id"]?.string else { return nil }
      outcomes[id] = record["outcome"]?.string
      return id
    }
    return outcomes
  }

  private static func letters(in path: String) -> [String: Int] {
    count(path) { $0["event"]?["sequence_id"]?.string }
  }

  private static func count(_ path: String, _ id: (JSONValue) -> String?) -> [String: Int] {
    var counts: [String: Int] = [:]
    let bytes = (try? InputFile.contents(of: path, upTo: .max)) ?? []
    for line in bytes.split(separator: 0x0A) {
      if let value = try? JSONValue(parsing: Array(line)), let id = id(value) {
        counts[id, default: 0] += 1
      }
    }
    return counts
  }
}

/// Where a task leaves what came of it.
final class Box<Value: Sendable>: Sendable {
  private let state = Mutex<Value?>(nil)

  var value: Value? { state.withLock { $0 } }

  func set(_ value: Value) { state.withLock { $0 = value } }
}

typealias ResultBox = Box<Result<RunReport, any Error>>
typealias VerdictBox = Box<LogVerdict>
