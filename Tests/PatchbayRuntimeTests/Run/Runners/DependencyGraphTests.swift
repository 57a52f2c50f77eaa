import PatchbayCore
import PatchbayRuntime
import Testing

/// An event follows the last one of its agent and the last one of its interaction.
struct DependencyGraphTests {
  private let now = Timestamp(nanoseconds: 0)

  /// A graph with events given as agent and interaction, numbered from zero.
  private func graph(_ events: [(String, String)]) -> DependencyGraph {
    func key(_ text: String) -> EntityKey? { text.isEmpty ? nil : .text(text) }
    var graph = DependencyGraph()
    for (number, keys) in events.enumerated() {
      graph.insert(
        OpenBatches.Place(batch: number / 3, index: number % 3), agent: key(keys.0),
        interaction: key(keys.1), at: now)
    }
    return graph
  }

  /// The events of calls of one, until nothing is ready.
  private func ready(_ graph: inout DependencyGraph) -> [[Int]] {
    var calls: [[Int]] = []
    while case let call = graph.takeCall(upTo: 1), !call.isEmpty { calls.append(call) }
    return calls
  }

  /// The numbers of a call's events.
  private func numbers(_ call: [Int], _ graph: DependencyGraph) -> [Int] {
    call.compactMap { graph.place(of: $0).map(number) }
  }

  private func number(_ place: OpenBatches.Place) -> Int { place.batch * 3 + place.index }

  @Test func `events that share nothing are ready in the order in which they came`() {
    var graph = graph([("a", "1"), ("b", "2"), ("c", "3")])
    #expect(graph.count == 3 && graph.readyCount == 3 && graph.oldestReady == now)
    let calls = ready(&graph)
    #expect(calls.map { numbers($0, graph) } == [[0], [1], [2]])
    #expect(graph.count == 3 && graph.readyCount == 0 && graph.oldestReady == nil)
  }

  @Test func `an event waits for the last one of its agent and of its interaction`() {
    var graph = graph([("a", "1"), ("b", "2"), ("a", "2"), ("b", "1"), ("a", "3")])
    let first = ready(&graph)
    #expect(first.map { numbers($0, graph) } == [[0], [1]])
    graph.remove(first[0], at: now)
    let none = ready(&graph)
    #expect(none.isEmpty)
    let later = Timestamp(nanoseconds: 5)
    graph.remove(first[1], at: later)
    #expect(graph.oldestReady == later)
    let second = ready(&graph)
    #expect(second.map { numbers($0, graph) } == [[2], [3]])
    for call in second { graph.remove(call, at: now) }
    let third = ready(&graph)
    #expect(third.map { numbers($0, graph) } == [[4]])
  }

  @Test func `a call takes what depends on its own events alone, in order`() {
    var graph = graph([("a", "1"), ("b", "2"), ("a", "1"), ("a", "2"), ("c", "3")])
    // 3 depends on 1 as well, which is another call's.
    let one = graph.takeCall(upTo: 2)
    #expect(numbers(one, graph) == [0, 2])
    let other = graph.takeCall(upTo: 3)
    #expect(numbers(other, graph) == [1, 4])
    #expect(graph.takeCall(upTo: 3) == [])
    graph.remove(one, at: now)
    graph.remove(other, at: now)
    let last = graph.takeCall(upTo: 3)
    #expect(numbers(last, graph) == [3])
  }

  @Test func `events without agent and interaction depend on nothing`() {
    var graph = graph([("", ""), ("", ""), ("", "")])
    #expect(graph.readyCount == 3)
    let call = graph.takeCall(upTo: 9)
    #expect(numbers(call, graph) == [0, 1, 2])
  }

  @Test func `what is in no call can be taken out, in order`() {
    var graph = graph([("a", "1"), ("a", "1"), ("b", "2"), ("b", "3"), ("c", "4")])
    let call = graph.takeCall(upTo: 1)
    #expect(numbers(call, graph) == [0])
    #expect(graph.removeWaiting().map(number) == [1, 2, 3, 4])
    #expect(graph.count == 1 && graph.readyCount == 0)
    graph.remove(call, at: now)
    #expect(graph.count == 0 && graph.readyCount == 0)
    #expect(graph.takeCall(upTo: 1) == [])
  }

  @Test(arguments: 1...4)
  func `in random calls nothing that is shared is under way twice, and all events leave in order`(
    most: Int
  ) {
    var random = KeyedRandom(seed: UInt64(most), purpose: "graph")
    let events = (0..<500).map { _ in ("a\(random.next() % 9)", "i\(random.next() % 7)") }
    var graph = graph(events)
    var underWay: [[Int]] = []
    var left: [Int] = []
    while graph.count > 0 {
      if underWay.count < 4, random.next() % 3 > 0, case let call = graph.takeCall(upTo: most),
        !call.isEmpty
      {
        let own = numbers(call, graph)
        let others = underWay.flatMap { numbers($0, graph) }
        let busy = Set(others.flatMap { [events[$0].0, events[$0].1] })
        #expect(busy.isDisjoint(with: own.flatMap { [events[$0].0, events[$0].1] }))
        underWay.append(call)
        left += own
      } else if !underWay.isEmpty {
        graph.remove(underWay.remove(at: Int(random.next() % UInt64(underWay.count))), at: now)
      }
    }
    #expect(left.sorted() == Array(0..<500))
    for key in Set(events.flatMap { [$0.0, $0.1] }) {
      let own = left.filter { events[$0].0 == key || events[$0].1 == key }
      #expect(own == own.sorted())
    }
  }
}
