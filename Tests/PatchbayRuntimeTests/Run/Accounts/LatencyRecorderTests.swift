import Foundation
import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// What injectors did is counted once, however often somebody asks meanwhile.
struct LatencyRecorderTests {
  private func batch(_ outcomes: [Outcome]) -> EventBatch {
    var batch = EventBatch(symbols: SymbolTable())
    for (index, outcome) in outcomes.enumerated() {
      batch.append(.sample(index), intended: Timestamp(nanoseconds: 0))
      batch.judge(index, outcome)
    }
    return batch
  }

  private func accepted(_ service: Int64) -> Outcome {
    var outcome = Outcome(.accepted, status: 202, attempts: 2)
    outcome.timings.service = service
    outcome.timings.wire = 2 * service
    outcome.timings.queue = 5
    return outcome
  }

  @Test func `verdicts, attempts and statuses are counted`() {
    let recorder = LatencyRecorder()
    recorder.record(
      batch([
        accepted(1_000), Outcome(.failed, status: 503, attempts: 4), Outcome(.unknown, attempts: 1),
        Outcome(.failed), Outcome(.undecided),
      ]))
    let report = recorder.report
    #expect(report.attempted == 5)
    #expect(report.accepted == 1)
    #expect(report.failed == 3)
    #expect(report.unknown == 1)
    #expect(report.attempts == 7)
    #expect(report.statuses.map { "\($0.status): \($0.count)" } == ["0: 1", "202: 1", "503: 1"])
  }

  @Test func `only accepted events have times, and their response is the sum of the parts`() {
    let recorder = LatencyRecorder()
    var failed = Outcome(.failed, status: 500, attempts: 1)
    failed.timings.service = 1_000_000
    recorder.record(batch([accepted(100), accepted(300), failed]))
    let report = recorder.report
    #expect(report.latency.count == 2)
    #expect(report.latency.minimum == 100)
    #expect(report.latency.maximum == 300)
    #expect(report.latency.mean == 200)
    #expect(report.wire.maximum == 600)
    #expect(report.response.maximum == 605)
    #expect(report.backoff.maximum == 0)
  }

  /// Of an overloaded target: service times over two decades, queues up to a minute, some retries.
  @Test func `a million events take less than four mebibytes`() {
    let recorder = LatencyRecorder(by: [.state: ["state 39"], .endpoint: []])
    let symbols = SymbolTable()
    let endpoints = (0..<40).compactMap { symbols.symbol("POST /e/\($0)") }
    var draw = KeyedRandom(seed: 1, purpose: "durations")
    var parts: [EventBatch] = []
    for _ in 0..<20 {
      var part = EventBatch(symbols: symbols)
      for index in 0..<1_000 {
        part.append(.sample(index), intended: Timestamp(nanoseconds: 0))
        part[index].state = symbols.symbol("state \(index % 40)") ?? .missing
        var outcome = Outcome(.accepted, status: 202, attempts: 1)
        outcome.timings.service = Int64(500_000 * pow(100, draw.unit()))
        outcome.timings.wire = outcome.timings.service
        outcome.timings.queue = Int64(60e9 * pow(draw.unit(), 4))
        outcome.timings.own = Int64(10_000 + 90_000 * draw.unit())
        outcome.timings.token = Int64(2_000 + 3_000 * draw.unit())
        if index % 50 == 0 {
          outcome.timings.rateLimit = Int64(1e9 + 59e9 * draw.unit())
          outcome.timings.backoff = Int64(8e9 * draw.unit())
          outcome.timings.wire += 30_000_000
        }
        part.judge(
          index, outcome,
          attempts: [
            AttemptTimes(
              total: outcome.timings.wire, status: 202, endpoint: endpoints[index % 40])
          ])
      }
      parts.append(part)
    }
    for round in 0..<50 {
      for part in parts { recorder.record(part) }
      // However often somebody looks, and whatever comes first after that.
      if round % 10 == 3 { _ = recorder.report }
      parts.reverse()
    }
    #expect(recorder.bytes < 4 << 20, "\(recorder.bytes) bytes")
    let report = recorder.report
    #expect(recorder.bytes < 4 << 20, "\(recorder.bytes) bytes, after a report")
    #expect(report.response.count == 1_000_000)
    for label in LatencyLabel.allCases {
      let found = report.labelled[label] ?? []
      #expect(found.count == 25)
      #expect(found.reduce(0) { $0 + $1.latency.count } == 1_000_000)
      #expect(found.first { $0.value == "other" }?.response.count == 400_000)
      #expect(found.filter { $0.value != "other" }.allSatisfy { $0.response.count == 25_000 })
      if label == .state { #expect(found.contains { $0.value == "state 39" }) }
    }
  }

  @Test func `latencies are told apart by state and by endpoint`() {
    let recorder = LatencyRecorder(by: [.state: [], .endpoint: []])
    let symbols = SymbolTable()
    var part = EventBatch(symbols: symbols)
    let first = AttemptTimes(
      total: 900, status: 503, endpoint: symbols.symbol("POST /a") ?? .missing)
    let second = AttemptTimes(
      total: 100, status: 202, endpoint: symbols.symbol("POST /b") ?? .missing)
    for (index, state) in ["x", "y", "x"].enumerated() {
      part.append(.sample(index), intended: Timestamp(nanoseconds: 0))
      part[index].state = symbols.symbol(state) ?? .missing
      var outcome = accepted(100)
      outcome.timings.wire = 1_000
      part.judge(index, outcome, attempts: [first, second])
    }
    recorder.record(part)
    _ = recorder.report
    recorder.record(part)
    let labelled = recorder.report.labelled
    #expect(labelled[.state]?.map { "\($0.value) \($0.latency.count)" } == ["x 4", "y 2"])
    #expect(labelled[.endpoint]?.map(\.value) == ["POST /a", "POST /b"])
    #expect(labelled[.endpoint]?.map(\.latency.maximum) == [900, 100])
    // An event's response is that of its last attempt's endpoint.
    #expect(labelled[.endpoint]?.map(\.response.count) == [0, 6])
    #expect(labelled[.endpoint]?.last?.response.maximum == 1_005)
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 0, low: 0), name: "", seed: 0, clock: "real",
        startedAt: Timestamp(nanoseconds: 0), directory: ""))
    report.injection = recorder.report
    #expect(MetricCatalog.value(of: "latency.max{state=x}", in: report) == 0.0001)
    #expect(
      MetricCatalog.value(of: "response.max{endpoint=POST /b}", in: report) == 0.001005)
    for name in [
      "latency.max{state=z}", "latency.max{agent=x}", "queue.max{state=x}", "latency{state=x}",
      "response.max{endpoint=POST /a}", "latency.max{state=}", "latency.max{state=x",
    ] {
      #expect(MetricCatalog.value(of: name, in: report) == nil, "\(name)")
    }
  }

  @Test func `asking in between changes nothing`() {
    let (asked, alone) = (LatencyRecorder(), LatencyRecorder())
    for number in 1...1_000 {
      let part = batch([accepted(Int64(number) * 1_000)])
      asked.record(part)
      alone.record(part)
      if number % 7 == 0 { _ = asked.report }
    }
    let (one, other) = (asked.report, alone.report)
    #expect(one.attempted == 1_000)
    #expect(one.latency.buckets == other.latency.buckets)
    #expect(one.latency.percentile(99.9) == other.latency.percentile(99.9))
    #expect(abs(one.latency.mean - other.latency.mean) < 0.001)
    #expect(asked.report.latency == one.latency)
  }

  @Test func `who records doesn't wait for who asks`() async {
    let recorder = LatencyRecorder()
    let part = batch([accepted(1_000)])
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask { for _ in 0..<2_000 { recorder.record(part) } }
      }
      group.addTask { for _ in 0..<200 { _ = recorder.report } }
    }
    #expect(recorder.report.accepted == 4_000)
  }
}
