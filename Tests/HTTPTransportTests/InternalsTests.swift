import HTTPTransport
import Testing

struct InternalsTests {
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

  @Test func `durations are rounded up for libcurl and shown short to people`() {
    #expect(Duration.microseconds(1).wholeMilliseconds == 1)
    #expect(Duration.zero.wholeMilliseconds == 1)
    #expect(Duration.microseconds(1500).wholeMilliseconds == 2)
    #expect(Duration.seconds(Int64.max).wholeMilliseconds == 31 * 24 * 3600 * 1000)
    #expect(Duration.milliseconds(1250).inSeconds == "1.25 s")
    #expect(Duration.milliseconds(7).inSeconds == "0.007 s")
    #expect(Duration.seconds(30).inSeconds == "30 s")
  }

  @Test func `a response is held to its limits and its form`() {
    func receive(_ lines: String...) -> ResponseCollector {
      var response = ResponseCollector(maximumBodyBytes: 3)
      for line in lines {
        let bytes = Array((line + "\r\n").utf8)
        guard bytes.withUnsafeBytes({ response.receive(line: $0) }) else { break }
      }
      return response
    }
    #expect(receive("HTTP/1.1 200 OK", "").hasFinalHead)
    #expect(receive("HTTP/1.1 200", "").status == 200)
    #expect(!receive("HTTP/1.1 100 Continue", "").hasFinalHead)
    #expect(receive("HTTP/1.1 200 OK", "A:b", "", "Trailer: c").headers == ["A": "b"])
    for line in ["HTTP/1.1", "HTTP/1.1 2x0 OK", "HTTP/1.1 99 Low", "ICY 200 OK", ""] {
      guard case .malformed = receive(line).failure else {
        Issue.record("\(line) was accepted")
        continue
      }
    }
    guard case .malformed("a header line has no colon") = receive("HTTP/1.1 200 OK", "x").failure
    else {
      Issue.record("a header line without a colon was accepted")
      return
    }
    var response = receive("HTTP/1.1 200 OK", "")
    let accepts = [[1, 2], [3], [4]].map { (piece: [UInt8]) in
      piece.withUnsafeBytes { response.receive(body: $0) }
    }
    #expect(accepts == [true, true, false])
    #expect(response.body == [1, 2, 3])
  }
}
