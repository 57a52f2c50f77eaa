import HTTPDelivery
import HTTPStages
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What the QA system gets, and which of its answers are fine.
struct QAHTTPSinkTests {
  private func export(
    _ options: [JSONValue.Member] = [], mismatches: Double = 3, status: Int = 200
  ) async throws -> [HTTPRequest] {
    let network = ScriptedNetwork { _ in .answer(status) }
    var values = RunValues()
    values.network = network
    let context = StageContext.forTests(
      clock: VirtualClock(start: Timestamp(nanoseconds: 0)), values: values)
    let members = [JSONValue.Member("url", "https://qa.example/runs")] + options
    var sink = QAHTTPSink(try QAHTTPSink.Options(.object(members)))
    try await sink.open(context)
    var report = RunReport(
      run: RunSummary(
        id: UUIDBits(high: 1, low: 2), name: "test", seed: 7, clock: "virtual",
        startedAt: Timestamp(nanoseconds: 0), directory: "/nowhere"))
    var states = StageReport(name: "states", role: .correlator, type: "state-machine")
    states.findings["mismatches"] = mismatches
    report.stages = [states]
    try await sink.finish(report)
    return network.requests
  }

  @Test(arguments: [
    (3.0, JSONValue.integer(3)), (1e300, .number(1e300)), (.nan, .null), (.infinity, .null),
  ])
  func `whatever number a stage has found can be exported`(
    mismatches: Double, expected: JSONValue
  ) async throws {
    let requests = try await export(mismatches: mismatches)
    let document = try JSONValue(parsing: requests.first?.body ?? [])
    #expect(document["state_mismatches"] == expected)
  }

  @Test(arguments: [200, 201, 202, 204])
  func `the usual statuses of success are fine`(status: Int) async throws {
    #expect(try await export(status: status).count == 1)
  }

  @Test func `which statuses are fine can be chosen`() async throws {
    #expect(try await export([.init("success", 299)], status: 299).count == 1)
    let error = await #expect(throws: PipelineError.self) {
      try await export([.init("success", 299)], status: 200)
    }
    #expect(error?.description == "the results were not exported after 1 attempt: HTTP 200")
  }
}
