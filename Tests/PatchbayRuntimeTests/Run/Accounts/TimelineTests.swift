import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// How a run went, moment by moment, in fixed memory.
struct TimelineTests {
  private func progress(_ latency: Distribution, emitted: Int) -> RunProgress {
    var injection = InjectionReport()
    injection.attempted = emitted
    injection.latency = latency
    var events = SettlementCounts()
    events.emitted = emitted
    return RunProgress(
      events: events, injection: injection, stages: [], channels: [:],
      elapsedNanoseconds: Int64(emitted) * 1_000_000)
  }

  @Test func `each point has what came since the one before, also after points were put together`()
  {
    var recorder = TimelineRecorder()
    var latency = DurationRecorder()
    let count = 4 * TimelineRecorder.most
    for number in 1...count {
      latency.record(Int64(number) * 1_000_000)
      recorder.add(progress(latency.distribution, emitted: number), realTime: Int64(number))
    }
    let points = recorder.points
    #expect(points.count <= TimelineRecorder.most && points.count > TimelineRecorder.most / 2)
    #expect(recorder.interval > .milliseconds(100))
    // Nothing was lost on the way, and each point has its own: the latencies rise.
    #expect(points.reduce(0) { $0 + ($1.latency?.count ?? 0) } == count)
    #expect(points.last?.events.emitted == count)
    for (point, next) in zip(points, points.dropFirst()) {
      #expect(point.events.emitted < next.events.emitted)
      #expect(next.latency?.maximum ?? 0 >= point.latency?.maximum ?? 0)
    }
    let last = points.last?.latency
    // To two digits.
    #expect(last?.maximum == 960_000_000)
    #expect(last?.p50 ?? 0 > 900_000_000)
  }

  @Test func `a moment in which nothing was accepted has no latency`() {
    var recorder = TimelineRecorder()
    var latency = DurationRecorder()
    latency.record(5)
    recorder.add(progress(latency.distribution, emitted: 1), realTime: 1)
    recorder.add(progress(latency.distribution, emitted: 1), realTime: 2)
    #expect(recorder.points.map { $0.latency?.count } == [1, nil])
  }

  @Test func `stretches grow with the run, and nothing is lost`() {
    var curve = CountCurve()
    for second in 0..<1_000 { curve.add(at: Int64(second) * 1_000_000_000) }
    curve.add(at: -5)
    #expect(curve.counts.count <= CountCurve.most)
    #expect(curve.counts.reduce(0, +) == 1_001)
    #expect(curve.width == 6_400_000_000)
    var other = CountCurve()
    other.add(at: 0)
    other.add(curve)
    #expect(other.width == curve.width && other.counts.reduce(0, +) == 1_002)
    curve.add(at: .max)
    #expect(curve.counts.reduce(0, +) == 1_002)
  }

  @Test func `what left later than it should have stands where it should have`() {
    var curves = ScheduleCurves()
    for number in 0..<100 {
      curves.add(intended: Int64(number) * 100_000_000, left: 30_000_000_000 + Int64(number))
    }
    let schedule = curves.schedule
    #expect(schedule?.width == 200_000_000)
    #expect(schedule?.intended.prefix(50).allSatisfy { $0 == 2 } ?? false)
    #expect(schedule?.left.reduce(0, +) == 100 && schedule?.left[150] == 100)
    #expect(ScheduleCurves().schedule == nil)
  }

  @Test func `a timeline is read as it was written`() throws {
    var timeline = RunTimeline()
    for number in 0..<3 {
      var point = RunTimeline.Point()
      point.time = Int64(number)
      point.events.emitted = number
      if number == 1 { point.latency = .init(count: 2, p50: 3, p95: 4, p99: 5, maximum: 6) }
      timeline.points.append(point)
    }
    timeline.schedule = .init(width: 100, intended: [1, 2], left: [0, 3])
    let read = RunTimeline(try JSONValue(parsing: Array(timeline.json.text().utf8)))
    #expect(read == timeline)
    for text in [
      "{}", #"{"points": []}"#, #"{"points": {"time_ns": [1]}}"#,
      timeline.json.text().replacing(#""left":[0,3]"#, with: #""left":[0]"#),
      timeline.json.text().replacing(#""width_ns":100"#, with: #""width_ns":0"#),
    ] {
      #expect(RunTimeline(try JSONValue(parsing: Array(text.utf8))) == nil, "\(text)")
    }
  }
}
