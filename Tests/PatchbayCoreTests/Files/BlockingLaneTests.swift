import Foundation
import PatchbayCore
import Synchronization
import Testing

/// Calls that block have threads of their own, and a task need not wait for them.
struct BlockingLaneTests {
  @Test func `calls of a lane come in order, and give what they return or throw`() async throws {
    let lane = BlockingLane("test")
    let gate = Gate(0)
    for _ in 0..<3 { lane.begin { gate.arriveAndWait() } }
    #expect(try await lane.run { gate.arrived } == 3)
    await #expect(throws: PipelineError.self) {
      try await lane.run { throw PipelineError("no") }
    }
  }

  @Test func `more lanes than processors block at the same time`() async throws {
    let count = 24
    let gate = Gate(count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count {
        group.addTask { try await BlockingLane("test").run { gate.arriveAndWait() } }
      }
      try await group.waitForAll()
    }
    #expect(gate.arrived == count)
  }

  @Test func `a cancelled task leaves a call that hangs behind`() async throws {
    let lane = BlockingLane("test")
    let gate = Gate(2)
    let error = await withTaskGroup(of: (any Error)?.self) { group in
      group.addTask {
        do {
          try await lane.runUnlessCancelled { gate.arriveAndWait() }
          return nil
        } catch {
          return error
        }
      }
      group.cancelAll()
      return await group.next() ?? nil
    }
    #expect(error is CancellationError)
    gate.arriveAndWait(isLast: true)
  }

  @Test func `a task that was cancelled before begins nothing`() async {
    let lane = BlockingLane("test")
    let gate = Gate(1)
    await withTaskGroup(of: Void.self) { group in
      group.cancelAll()
      group.addTask {
        try? await lane.runUnlessCancelled { gate.arriveAndWait() }
      }
    }
    try? await lane.run {}
    #expect(gate.arrived == 0)
  }
}

/// Lets threads wait for each other.
private final class Gate: Sendable {
  private let needed: Int
  private let state = Mutex(0)

  init(_ needed: Int) { self.needed = needed }

  var arrived: Int { state.withLock { $0 } }

  /// Blocks the thread until all have come.
  func arriveAndWait(isLast: Bool = false) {
    state.withLock { $0 = isLast ? needed : $0 + 1 }
    while arrived < needed { sched_yield() }
  }
}
