import PatchbayCore
import PatchbayRuntime
import Testing

/// An edge keeps order, bounds what waits, and ends when its senders have.
struct ChannelTests {
  private let emission = Emission()
  private let steps = Steps()

  private func makeChannel(
    credits: Int = 8, batchSize: Int = 256, senders: Int = 1
  ) -> Channel {
    Channel(clock: steps.clock, credits: credits, batchSize: batchSize, senders: senders)
  }

  private func batches(_ count: Int, of size: Int = 1) async throws -> [TrackedBatch] {
    var batches: [TrackedBatch] = []
    for start in 0..<count {
      batches.append(try await emission.emit(start * size..<(start + 1) * size))
    }
    return batches
  }

  /// Starts a task that sends batches and closes its end.
  private func startSender(_ name: String, _ batches: [TrackedBatch], to channel: Channel) {
    steps.start(name) { steps in
      for batch in batches where await !channel.send(batch) { steps.note("refused") }
      channel.close()
    }
  }

  /// Starts a task that receives until the end, and notes what came.
  private func startReceiver(_ channel: Channel, pause: Duration? = nil) {
    steps.start("received") { steps in
      while true {
        switch await channel.next() {
        case .batch(let batch): steps.note("\(batch.numbers)")
        case .wake: steps.note("wake")
        case .end: return
        }
        if let pause { try await steps.clock.sleep(for: pause) }
      }
    }
  }

  @Test func `events arrive in the order they were sent`() async throws {
    let channel = makeChannel(credits: 2, batchSize: 10)
    startReceiver(channel)
    startSender("sent", try await batches(100, of: 7), to: channel)
    steps.drain()
    let received = steps.log.filter { $0.hasPrefix("[") }.joined().split { !$0.isNumber }
    // Each line ends with the time.
    #expect(steps.log.contains("sent 0") && steps.log.last == "received 0")
    #expect(received.filter { $0 != "0" }.compactMap { Int($0) } == Array(1..<700))
  }

  @Test func `a sender waits while the channel is full`() async throws {
    let channel = makeChannel(credits: 2, batchSize: 1)
    startSender("sent", try await batches(3), to: channel)
    steps.drain()
    #expect(steps.log == [])
    #expect(channel.gauge.batches == 2 && channel.gauge.credits == 2 && channel.gauge.events == 2)
    startReceiver(channel)
    steps.drain()
    #expect(steps.log == ["[0] 0", "[1] 0", "sent 0", "[2] 0", "received 0"])
    #expect(channel.gauge.batches == 0)
    #expect(channel.gauge.blockedNanoseconds > 0)
  }

  @Test func `small batches that wait are joined up to the batch size`() async throws {
    let channel = makeChannel(batchSize: 4)
    startSender("sent", try await batches(9), to: channel)
    steps.drain()
    startReceiver(channel)
    steps.drain()
    // The first to wait is left alone: the receiver may be about to take it.
    #expect(
      steps.log == ["sent 0", "[0] 0", "[1, 2, 3, 4] 0", "[5, 6, 7, 8] 0", "received 0"])
  }

  @Test func `the receiver ends only after every sender has closed`() async throws {
    let channel = makeChannel(senders: 2)
    channel.close()
    startReceiver(channel)
    steps.drain()
    #expect(steps.log == [])
    startSender("sent", [try await emission.emit(0..<3)], to: channel)
    steps.drain()
    #expect(steps.log == ["sent 0", "[0, 1, 2] 0", "received 0"])
  }

  @Test func `a wake reaches a receiver that waits and one that doesn't`() {
    let channel = makeChannel()
    channel.wake()
    startReceiver(channel)
    steps.drain()
    #expect(steps.log == ["wake 0"])
    channel.wake()
    channel.wake()
    steps.drain()
    #expect(steps.log == ["wake 0", "wake 0"])
    channel.close()
    steps.drain()
    #expect(steps.log == ["wake 0", "wake 0", "received 0"])
  }

  @Test func `an abort gives back what waited, and frees senders and receiver`() async throws {
    let channel = makeChannel(credits: 1)
    startSender("sent", try await batches(2), to: channel)
    steps.drain()
    #expect(channel.abort().map(\.numbers) == [[0]])
    steps.drain()
    #expect(steps.log == ["refused 0", "sent 0"])
    startReceiver(channel)
    steps.drain()
    #expect(steps.log == ["refused 0", "sent 0", "received 0"])
    #expect(await !channel.send(try emission.emit(5..<6)))
    #expect(channel.abort().isEmpty)
  }

  @Test func `a sender that waits for room doesn't stop virtual time`() async throws {
    let channel = makeChannel(credits: 1, batchSize: 1)
    startSender("sent", try await batches(5), to: channel)
    startReceiver(channel, pause: .seconds(1))
    steps.drain()
    #expect(
      steps.log == ["[0] 0", "[1] 1", "[2] 2", "[3] 3", "sent 3", "[4] 4", "received 5"])
  }

  @Test func `who receives until a time is woken then, and leaves no timer behind`() async throws {
    let channel = makeChannel()
    let batch = try await emission.emit(0..<1)
    steps.start("receiver") { steps in
      for second in [1, 5, 9] as [Int64] {
        let deadline = Timestamp(nanoseconds: second * 1_000_000_000)
        switch await channel.next(until: deadline) {
        case .batch: steps.note("batch")
        case .wake: steps.note("wake")
        case .end: steps.note("end")
        }
      }
    }
    steps.start("sender") { steps in
      try await steps.sleep(untilSecond: 3)
      _ = await channel.send(batch)
    }
    steps.drain()
    #expect(steps.log == ["wake 1", "sender 3", "batch 3", "wake 9", "receiver 9"])
  }
}
