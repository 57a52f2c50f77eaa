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

  @Test func `a document of more than 1 MiB is refused before it is read`() async throws {
    try await withSandbox(["body_limit": "16MiB"]) { client in
      for (length, status) in [(1 << 20, 201), ((1 << 20) + 1, 413), (14 << 20, 413)] {
        let filling = [UInt8](repeating: UInt8(ascii: "x"), count: length - 8)
        let answer = try await client.send(
          "POST", "/qa/metrics", ["Content-Type": "application/json"],
          body: Array("{\"n\":\"".utf8) + filling + Array("\"}".utf8))
        #expect(answer.status == status, "\(length)")
      }
      #expect(try await client.state()["qa"]?["received"] == 1)
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
