import Foundation
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Calls that a test lets ring: who is offered them, and what ends with what.
struct CallTests {
  private static let users = (1...3).map { "00000000-0000-4000-8000-00000000000\($0)" }
  private static let queue = "ba484b49-7518-4a14-b84d-57e3e3df1baa"

  /// A sandbox of three agents on queue, in a queue whose after-call work ends by itself.
  private func withCenter(
    clock: ManualClock = ManualClock(), _ body: @Sendable (SandboxClient) async throws -> Void
  ) async throws {
    let users = Self.users.map { #"{"id": "\#($0)", "presence": "On Queue"}"# }
    let members = Self.users.map { "\"\($0)\"" }.joined(separator: ", ")
    let text = """
      {"users": [\(users.joined(separator: ", "))],
       "queues": [{"id": "\(Self.queue)", "name": "Support", "members": [\(members)],
         "after_call_work": "timeout", "after_call_work_time": "30s", "alerting_time": "8s"}]}
      """
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await withSandbox(["seed_data": .string(path)], clock: clock, body)
  }

  private func post(
    _ client: SandboxClient, _ path: String, _ body: JSONValue = [:]
  ) async throws -> (status: Int, body: JSONValue) {
    let answer = try await client.send(
      "POST", path, ["Content-Type": "application/json"], body: Array(body.text().utf8))
    return (answer.status, try answer.json)
  }

  private func status(_ client: SandboxClient, of user: String) async throws -> String? {
    let token = try await client.token()
    let answer = try await client.send(
      "GET", "/api/v2/users/\(user)/routingstatus", ["Authorization": "Bearer \(token)"])
    return try answer.json["status"]?.string
  }

  @Test func `whoever has been idle longest is offered the call, then the next, then it waits`()
    async throws
  {
    let clock = ManualClock()
    try await withCenter(clock: clock) { client in
      let call = try await post(client, "/sandbox/calls", ["queue": "Support"])
      #expect(call.status == 200)
      #expect(call.body["agent"]?["userId"]?.string == Self.users[0])
      let id = try #require(call.body["conversationId"]?.string)
      for user in Self.users.dropFirst() {
        let next = try await post(client, "/sandbox/calls/\(id)/noanswer")
        #expect(next.body["agent"]?["userId"]?.string == user)
      }
      #expect(try await status(client, of: Self.users[0]) == "NOT_RESPONDING")
      let waiting = try await post(client, "/sandbox/calls/\(id)/noanswer")
      #expect(waiting.body["acd"]?["state"] == "connected")
      #expect(try await post(client, "/sandbox/calls/\(id)/answer").status == 409)
      #expect(try await post(client, "/sandbox/calls/\(id)/abandon").status == 200)
      #expect(try await post(client, "/sandbox/calls/\(id)/hangup").status == 409)
    }
  }

  @Test func `what ends by itself ends at its time, and is told without a request`() async throws {
    let clock = ManualClock()
    try await withCenter(clock: clock) { client in
      let call = try await post(client, "/sandbox/calls", ["queue": "Support"])
      let id = try #require(call.body["conversationId"]?.string)
      _ = try await post(client, "/sandbox/calls/\(id)/answer")
      #expect(try await status(client, of: Self.users[0]) == "INTERACTING")
      clock.advance(by: .seconds(60))
      _ = try await post(client, "/sandbox/calls/\(id)/hangup")
      #expect(try await status(client, of: Self.users[0]) == "INTERACTING")
      clock.advance(by: .seconds(31))
      // The timekeeper writes it down, whoever asks.
      let waited = try await post(
        client, "/sandbox/journal/wait", ["kind": "happening", "timeout": "10s"])
      #expect(waited.status == 200)
      let effects = waited.body["entries"]?[0]?["effects"]?.array ?? []
      #expect(effects.compactMap { $0["type"]?.string } == ["wrappedUp", "routingStatus"])
      #expect(try await status(client, of: Self.users[0]) == "IDLE")
    }
  }

  @Test func `an offer that nobody takes goes on by itself`() async throws {
    let clock = ManualClock()
    try await withCenter(clock: clock) { client in
      _ = try await post(client, "/sandbox/calls", ["queue": "Support"])
      clock.advance(by: .seconds(9))
      #expect(try await status(client, of: Self.users[0]) == "NOT_RESPONDING")
      clock.advance(by: .seconds(9))
      #expect(try await status(client, of: Self.users[1]) == "NOT_RESPONDING")
    }
  }

  @Test func `a fault strikes the next of what it names, so many times`() async throws {
    try await withCenter { client in
      let token = try await client.token()
      func ask(_ user: String) async throws -> Int {
        try await client.send(
          "GET", "/api/v2/users/\(user)/routingstatus", ["Authorization": "Bearer \(token)"]
        ).status
      }
      let rule: JSONValue = [
        "fault": "unavailable", "method": "get",
        "path": .string("/api/v2/users/\(Self.users[1])/*"),
        "times": 2,
      ]
      #expect(try await post(client, "/sandbox/faults/next", rule).status == 200)
      #expect(try await ask(Self.users[0]) == 200)
      #expect(try await ask(Self.users[1]) == 503)
      #expect(try await ask(Self.users[1]) == 503)
      #expect(try await ask(Self.users[1]) == 200)
      let login: JSONValue = ["fault": "server_error", "path": "/oauth/token"]
      #expect(try await post(client, "/sandbox/faults/next", login).status == 200)
      let refused = try await client.requestToken()
      #expect(refused.status == 500)
      #expect(try refused.json["error"] == "server_error")
      #expect(try await client.requestToken().status == 200)
      let misspelt = try await post(
        client, "/sandbox/faults/next", ["fault": "unavailable", "time": 2])
      #expect(misspelt.status == 400)
    }
  }

  @Test func `what the platform has and the sandbox doesn't is told apart`() async throws {
    try await withCenter { client in
      let token = try await client.token()
      func ask(_ method: String, _ path: String) async throws -> (Int, String) {
        let answer = try await client.send(method, path, ["Authorization": "Bearer \(token)"])
        return (answer.status, method == "HEAD" ? "" : answer.text)
      }
      let lacking = try await ask("GET", "/api/v2/routing/languages")
      #expect(lacking.0 == 501)
      #expect(lacking.1.contains("the sandbox has no GET /api/v2/routing/languages"))
      // It would fit /api/v2/users/{userId}.
      #expect(try await ask("GET", "/api/v2/users/queries").0 == 404)
      #expect(try await ask("POST", "/api/v2/users/search").0 == 501)
      #expect(try await ask("HEAD", "/api/v2/routing/languages").0 == 501)
      #expect(try await ask("GET", "/api/v2/nowhere").0 == 404)
      #expect(try await ask("PUT", "/api/v2/systempresences").0 == 405)
    }
  }

  @Test func `a snapshot brings back how things stood, the time included`() async throws {
    let clock = ManualClock()
    try await withCenter(clock: clock) { client in
      let call = try await post(client, "/sandbox/calls", ["user": .string(Self.users[2])])
      let id = try #require(call.body["conversationId"]?.string)
      #expect(try await client.send("PUT", "/sandbox/snapshots/ringing").status == 204)
      let before = try await client.send("GET", "/sandbox/clock").json["now"]
      clock.advance(by: .seconds(600))
      _ = try await post(client, "/sandbox/calls/\(id)/hangup")
      #expect(try await client.send("POST", "/sandbox/snapshots/ringing/restore").status == 204)
      #expect(try await client.send("GET", "/sandbox/clock").json["now"] == before)
      let answered = try await post(client, "/sandbox/calls/\(id)/answer")
      #expect(answered.body["agent"]?["state"] == "connected")
      #expect(try await client.send("POST", "/sandbox/snapshots/other/restore").status == 404)
    }
  }
}
