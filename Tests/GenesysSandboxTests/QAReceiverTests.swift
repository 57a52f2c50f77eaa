import GenesysSandbox
import PatchbayJSON
import Testing

@Suite struct QAReceiverTests {
  @Test func `documents are taken and counted`() async throws {
    try await withSandbox { client in
      for number in 1...20 {
        let answer = try await client.send(
          "POST", GenesysSandbox.qaMetricsPath, ["Content-Type": "application/json"],
          body: Array(#"{"total_events": \#(number)}"#.utf8))
        #expect(answer.status == 201)
        #expect(answer.text == #"{"received":\#(number)}"#)
      }
      let state = try await client.state()
      #expect(state["qa"]?["received"] == 20)
      #expect(state["qa"]?["documents"]?.array?.count == 16)
      #expect(state["qa"]?["documents"]?[15] == ["total_events": 20])
    }
  }

  @Test(arguments: [
    ("application/json", "[]", 400), ("application/json", "{", 400), ("text/plain", "{}", 415),
  ])
  func `anything but a JSON object is refused`(
    type: String, body: String, status: Int
  ) async throws {
    try await withSandbox { client in
      let answer = try await client.send(
        "POST", "/qa/metrics", ["Content-Type": type], body: Array(body.utf8))
      #expect(answer.status == status)
      #expect(try await client.state()["qa"]?["received"] == 0)
    }
  }
}
