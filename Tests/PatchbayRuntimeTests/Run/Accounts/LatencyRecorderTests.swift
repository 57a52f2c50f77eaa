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
