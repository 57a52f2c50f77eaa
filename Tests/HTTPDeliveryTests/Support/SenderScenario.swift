import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayTesting

/// One request by a sender on a manual clock.
struct SenderScenario {
  static let request = HTTPRequest(method: "POST", url: "https://a.example/events?key=secret")

  let clock = ManualClock()
  let log = LogRecord()
  let network: ScriptedNetwork
  let sender: RequestSender

  init(
    _ replies: Replies, retry: RetryPolicy = RetryPolicy(jitter: false),
    gate: (any AttemptGate)? = nil
  ) {
    self.init(replies.network, retry: retry, gate: gate)
  }

  init(
    _ network: ScriptedNetwork, retry: RetryPolicy = RetryPolicy(jitter: false),
    gate: (any AttemptGate)? = nil
  ) {
    self.network = network
    sender = RequestSender(
      client: network, context: .forTests(clock: clock, logger: log.logger), policy: retry,
      gate: gate)
  }

  /// Sends, and lets each pause pass that comes; the pauses.
  func send(pauses: [Duration]) async -> Exchange {
    await withTaskGroup(of: Exchange?.self) { group in
      group.addTask { await sender.send(Self.request, key: 1) }
      for pause in pauses {
        await clock.sleepers(1)
        clock.advance(by: pause)
      }
      return await group.next().flatMap { $0 } ?? Exchange(ending: .cancelled)
    }
  }

  /// Sends, lets pauses pass, and cancels in the pause after them.
  func sendCancelled(after pauses: [Duration] = []) async -> Exchange {
    await withTaskGroup(of: Exchange?.self) { group in
      group.addTask { await sender.send(Self.request, key: 1) }
      for pause in pauses {
        await clock.sleepers(1)
        clock.advance(by: pause)
      }
      await clock.sleepers(1)
      group.cancelAll()
      return await group.next().flatMap { $0 } ?? Exchange(ending: .success(.answer(0)))
    }
  }
}
