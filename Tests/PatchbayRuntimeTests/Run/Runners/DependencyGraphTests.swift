import PatchbayCore
import PatchbayRuntime
import Testing

/// An event follows the last one of its agent and the last one of its interaction.
struct DependencyGraphTests {
  private let emission = Emission()
  private let now = Timestamp(nanoseconds: 0)

  /// A graph with events given as agent and interaction, numbered from zero.
  private func graph(_ events: [(String, String)]) async throws -> DependencyGraph {
    var graph = DependencyGraph()
    let batch = try await emission.emit(
      events.enumerated().map { number, keys in
        EventFields(sequenceID: "test-\(number)", interactionID: keys.1, agentID: keys.0)
      })
    for index in batch.batch.indices { graph.insert(index, of: batch, at: now) }
    return graph
  }

  /// The events of calls of one, until nothing is ready.
  private func ready(_ graph: inout DependencyGraph) -> [InjectionScheduler.Call] {
    var calls: [InjectionScheduler.Call] = []
    while let call = graph.takeCall(upTo: 1) { calls.append(call) }
    return calls
  }

  /// A call of at most so many; there must be one.
  private func take(
    _ most: Int, _ graph: inout DependencyGraph
  ) throws -> InjectionScheduler.Call {
    let call = graph.takeCall(upTo: most)
    return try #require(call)
  }

  private func numbers(_ calls: [InjectionScheduler.Call]) -> [[Int]] { calls.map(\.batch.numbers) }

  @Test func `events that share nothing are ready in the order in which they came`() async throws {
    var graph = try await graph([("a", "1"), ("b", "2"), ("c", "3")])
    #expect(graph.count == 3 && graph.readyCount == 3 && graph.oldestReady == now)
    let calls = ready(&graph)
    #expect(numbers(calls) == [[0], [1], [2]])
    #expect(graph.count == 3 && graph.readyCount == 0 && graph.oldestReady == nil)
  }

  @Test func `an event waits for the last one of its agent and of its interaction`() async throws {
    var graph = try await graph([("a", "1"), ("b", "2"), ("a", "2"), ("b", "1"), ("a", "3")])
    let first = ready(&graph)
    #expect(numbers(first) == [[0], [1]])
    graph.remove(first[0].nodes, at: now)
    let none = ready(&graph)
    #expect(none.isEmpty)
    let later = Timestamp(nanoseconds: 5)
    graph.remove(first[1].nodes, at: later)
    #expect(graph.oldestReady == later)
    let second = ready(&graph)
    #expect(numbers(second) == [[2], [3]])
    for call in second { graph.remove(call.nodes, at: now) }
    let third = ready(&graph)
    #expect(numbers(third) == [[4]])
  }

  @Test func `a call takes what depends on its own events alone, in order`() async throws {
    var graph = try await graph([("a", "1"), ("b", "2"), ("a", "1"), ("a", "2"), ("c", "3")])
    // 3 depends on 1 as well, which is another call's.
    let one = try take(2, &graph)
    #expect(one.batch.numbers == [0, 2])
    let other = try take(3, &graph)
    #expect(other.batch.numbers == [1, 4])
    let none = graph.takeCall(upTo: 3)
    #expect(none?.batch.numbers == nil)
    graph.remove(one.nodes, at: now)
    graph.remove(other.nodes, at: now)
    let last = graph.takeCall(upTo: 3)
    #expect(last?.batch.numbers == [3])
  }

  @Test func `events without agent and interaction depend on nothing`() async throws {
    var graph = try await graph([("", ""), ("", ""), ("", "")])
    #expect(graph.readyCount == 3)
    let call = graph.takeCall(upTo: 9)
    #expect(call?.batch.numbers == [0, 1, 2])
  }

  @Test func `what is in no call can be taken out, in order`() async throws {
    var graph = try await graph([("a", "1"), ("a", "1"), ("b", "2"), ("b", "3"), ("c", "4")])
    let call = try take(1, &graph)
    #expect(call.batch.numbers == [0])
    let waiting = graph.removeWaiting()
    #expect(waiting.flatMap(\.numbers) == [1, 2, 3, 4])
    #expect(graph.count == 1 && graph.readyCount == 0)
    graph.remove(call.nodes, at: now)
    #expect(graph.count == 0 && graph.readyCount == 0)
    let none = graph.takeCall(upTo: 1)
    #expect(none?.batch.numbers == nil)
  }

  @Test(arguments: 1...4)
  func `in random calls nothing that is shared is under way twice, and all events leave in order`(
    most: Int
  ) async throws {
    var random = KeyedRandom(seed: UInt64(most), purpose: "graph")
    let events = (0..<500).map { _ in ("a\(random.next() % 9)", "i\(random.next() % 7)") }
    var graph = try await graph(events)
    var underWay: [InjectionScheduler.Call] = []
    var left: [Int] = []
    while graph.count > 0 {
      if underWay.count < 4, random.next() % 3 > 0, let call = graph.takeCall(upTo: most) {
        let busy = Set(underWay.flatMap(\.batch.numbers).flatMap { [events[$0].0, events[$0].1] })
        let keys = call.batch.numbers.flatMap { [events[$0].0, events[$0].1] }
        #expect(busy.isDisjoint(with: keys))
        underWay.append(call)
        left += call.batch.numbers
      } else if !underWay.isEmpty {
        let call = underWay.remove(at: Int(random.next() % UInt64(underWay.count)))
        graph.remove(call.nodes, at: now)
      }
    }
    #expect(left.sorted() == Array(0..<500))
    for key in Set(events.flatMap { [$0.0, $0.1] }) {
      let own = left.filter { events[$0].0 == key || events[$0].1 == key }
      #expect(own == own.sorted())
    }
  }
}
