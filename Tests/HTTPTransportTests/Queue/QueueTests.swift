import HTTPTransport
import Testing

/// Who waits, in which order, and for how long.
struct QueueTests {
  @Test func `a waiting line keeps its order while many leave it`() {
    var line = WaitingLine()
    for id in 0..<1000 { line.append(UInt64(id)) }
    for id in 0..<1000 where id % 3 != 0 { line.withdraw(UInt64(id)) }
    for id in 1000..<1010 { line.append(UInt64(id)) }
    var popped: [UInt64] = []
    while let id = line.popFirst() { popped.append(id) }
    #expect(popped == (0..<1000).filter { $0 % 3 == 0 } + (1000..<1010))
    line.append(7)
    let last = (1...2).map { _ in line.popFirst() }
    #expect(last == [7, nil])
  }

  @Test func `a host's slots are given back to those who wait`() {
    var slots = HostSlots(limit: 2)
    let claims = (1...5).map { slots.claim("a", for: $0) }
    #expect(claims == [true, true, false, false, false])
    let other = slots.claim("b", for: 6)
    #expect(other)
    slots.withdraw("a", 3)
    let next = (1...3).map { _ in slots.release("a") }
    #expect(next == [4, 5, nil])
    let again = (7...8).map { slots.claim("a", for: $0) }
    #expect(again == [true, false])
  }

  @Test func `deadlines come in order of time`() {
    let start = ContinuousClock.now
    var queue = DeadlineQueue()
    for id in 0..<200 {
      queue.insert(UInt64(id), at: start + .milliseconds((id * 37) % 200))
    }
    #expect(queue.earliest == start)
    let early = queue.popExpired(now: start - .milliseconds(1))
    #expect(early == nil)
    queue.removeAll { $0 % 2 == 0 }
    #expect(queue.count == 100)
    var popped: [UInt64] = []
    while let id = queue.popExpired(now: start + .milliseconds(99)) { popped.append(id) }
    #expect(popped.map { ($0 * 37) % 200 } == Array(stride(from: 1, to: 100, by: 2)))
    #expect(queue.count == 50)
  }
}
