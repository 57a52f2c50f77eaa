import PatchbayCore
import Synchronization

/// Agents who wait for the answer to each event before they go on: a closed load, which is never more than the
/// target takes.
///
/// An answer is the settlement of the event: every sink that it reaches has taken it, or it was turned away.
final class WaitingFloor: Sendable {
  private let script: ScenarioScript
  private let closed: ClosedArrivals
  private let agents: Int
  private let attempt: Int
  private let clock: any PipelineClock
  private let counts = Mutex(ScenarioTally())

  /// - Parameter attempt: how often the run has been started; interactions are others each time.
  init(
    _ script: ScenarioScript, _ closed: ClosedArrivals, agents: Int, attempt: Int,
    clock: any PipelineClock
  ) {
    self.script = script
    self.closed = closed
    self.agents = agents
    self.attempt = attempt
    self.clock = clock
  }

  /// What became of the interactions so far.
  var tally: ScenarioTally { counts.withLock { $0 } }

  /// Lets all agents work until the time is over and what they have begun is done.
  ///
  /// - Throws: `CancellationError` when the source is to stop.
  func run(emitting outlet: SourceOutlet) async throws {
    let end = outlet.startedAt.advanced(by: closed.length)
    let clock = clock
    let failures = await withTaskGroup(of: (any Error)?.self) { group in
      for index in 0..<agents {
        group.addTask(on: clock) { [self] in
          do {
            try await work(index, until: end, outlet)
            return nil
          } catch {
            return error
          }
        }
      }
      var failures: [any Error] = []
      while let failure = await group.next(on: clock) {
        if let failure { failures.append(failure) }
      }
      return failures
    }
    if let failure = failures.first(where: { !($0 is CancellationError) }) ?? failures.first {
      throw failure
    }
  }

  private func work(_ index: Int, until end: Timestamp, _ outlet: SourceOutlet) async throws {
    var agent = ScenarioAgent(index: index, of: script)
    var number = index
    if script.attends {
      agent.begin(script.attendance(of: index, isComing: true), at: clock.now)
      try await finish(&agent, &number, outlet)
    }
    var round = 0
    while clock.now < end {
      agent.begin(script.interaction(arriving: key(of: index, round)), at: clock.now)
      counts.withLock { $0.begun += 1 }
      round += 1
      try await finish(&agent, &number, outlet)
      try await clock.sleep(for: closed.thinkTime)
    }
    if script.attends {
      agent.begin(script.attendance(of: index, isComing: false), at: clock.now)
      try await finish(&agent, &number, outlet)
    }
  }

  /// Emits what an agent has begun, each event when the one before has been answered and it has stayed in that
  /// state.
  private func finish(
    _ agent: inout ScenarioAgent, _ number: inout Int, _ outlet: SourceOutlet
  ) async throws {
    repeat {
      let due = agent.nextTime
      try await clock.sleep(until: due)
      var batch = outlet.makeBatch()
      agent.append(to: &batch, number: number, at: due, of: script)
      // Each agent has numbers of its own, so that they don't depend on who is answered first.
      number += agents
      _ = try await outlet.emit(batch).settlements()
    } while agent.step(of: script, from: clock.now)
  }

  private func key(of index: Int, _ round: Int) -> Int {
    (attempt - 1) << 44 + index + agents * round
  }
}
