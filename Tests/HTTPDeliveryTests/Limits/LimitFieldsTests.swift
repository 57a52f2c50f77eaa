import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting
import Testing

/// The ways in which answers tell of a limit, and those in which they don't.
@Suite(.timeLimit(.minutes(5)))
struct LimitFieldsTests {
  /// When the second request leaves after an answer with these fields, in seconds.
  private func wait(after headers: HTTPHeaders, status: Int = 200) async -> Double {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_700_000_000_000_000_000))
    let start = clock.now
    let network = Replies(.answer(status, headers), .answer(200)).network
    let governor = RateGovernor(clock: clock)
    let gate = governor.gate(for: .forTests(clock: clock), longestWait: .seconds(86_400))
    let sender = RequestSender(
      client: network, context: .forTests(clock: clock), policy: .once, gate: gate)
    await clock.whileWorking {
      for key in 0..<2 { _ = await sender.send(SenderScenario.request, key: UInt64(key)) }
    }
    return clock.now.since(start) / .seconds(1)
  }

  @Test func `the platform's fields`() async {
    #expect(
      await wait(after: [
        "ININ-RateLimit-Count": "300", "inin-ratelimit-allowed": "300",
        "inin-ratelimit-reset": "41",
      ]) == 41)
    #expect(
      await wait(after: [
        "inin-ratelimit-count": "299", "inin-ratelimit-allowed": "300",
        "inin-ratelimit-reset": "41",
      ]) == 0)
  }

  @Test func `the fields of the draft, with parameters`() async {
    #expect(
      await wait(after: [
        "RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "0", "RateLimit-Reset": "7",
      ]) == 7)
  }

  @Test func `custom fields, with a rest or a point in time`() async {
    for reset in ["12", "1700000012"] {
      #expect(
        await wait(after: [
          "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset,
        ]) == 12)
    }
  }

  @Test(arguments: [
    "", "soon", "-5", "99999999999999999999", "1699999000", "0", "1700000012000",
    "9223372036854775807",
  ])
  func `what can't be a rest holds nobody up`(reset: String) async {
    #expect(
      await wait(after: [
        "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset,
      ]) == 0)
  }

  @Test func `a point in time counts from the answer's own date`() async {
    // This machine's clock says 22:13:20.
    #expect(
      await wait(after: [
        "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1700003612", "Date": "Tue, 14 Nov 2023 23:13:20 GMT",
      ]) == 12)
  }

  @Test func `counts beyond all bounds trap nothing`() async {
    #expect(
      await wait(after: [
        "inin-ratelimit-count": "9223372036854775807", "inin-ratelimit-allowed": "1",
        "inin-ratelimit-reset": "3",
      ]) == 3)
  }

  @Test func `a limit of nothing is none`() async {
    #expect(
      await wait(after: [
        "X-RateLimit-Limit": "0", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "10",
      ]) == 0)
  }

  @Test func `a 429 without a word of when holds the next one for a second`() async {
    #expect(await wait(after: [:], status: 429) == 1)
  }

  /// The token has requests left: what refused is some other limit, of which the next request may know
  /// nothing.
  @Test func `a 429 with requests left holds nobody else`() async {
    #expect(
      await wait(
        after: [
          "inin-ratelimit-count": "5", "inin-ratelimit-allowed": "300",
          "inin-ratelimit-reset": "41", "Retry-After": "30",
        ], status: 429) == 0)
  }
}
