import Glibc
import PatchbayKit
import Testing

/// Whole messages, as they leave in a datagram.
@Suite(.timeLimit(.minutes(2))) struct MessageTests {
  @Test func `an accepted event`() async throws {
    try await expectMessage(
      of: .numbered(1),
      """
      <134>1 2026-01-31T09:30:00.123456Z qa-1 patchbay RUN routing/agent/state \
      [event@32473 sequence_id="event-1" timestamp="2026-01-31T09:30:00.123456789Z" \
      interaction_id="01890000-0000-7000-8000-000000000001" \
      agent_id="01890000-0000-7000-8000-000000000002" state="routing/agent/available" \
      event_type="routing/agent/state"]\
      [outcome@32473 verdict="accepted" status="202" attempts="1"]\
      [meta sequenceId="1"] \u{FEFF}\
      {"sequence_id":"event-1","timestamp":"2026-01-31T09:30:00.123456789Z",\
      "interaction_id":"01890000-0000-7000-8000-000000000001",\
      "agent_id":"01890000-0000-7000-8000-000000000002","state":"routing/agent/available",\
      "event_type":"routing/agent/state","queue":"billing",\
      "outcome":{"verdict":"accepted","status":202,"attempts":1,"latency_ms":0}}
      """)
  }

  @Test func `an event that nobody has judged, with other options`() async throws {
    try await expectMessage(
      of: .numbered(1), judging: false,
      with: [
        "facility": "audit", "severity": ["undecided": "debug"], "app_name": "lab",
        "enterprise_id": 64_999, "content": "sentence", "byte_order_mark": false,
      ],
      """
      <111>1 2026-01-31T09:30:00.123456Z qa-1 lab RUN routing/agent/state \
      [event@64999 sequence_id="event-1" timestamp="2026-01-31T09:30:00.123456789Z" \
      interaction_id="01890000-0000-7000-8000-000000000001" \
      agent_id="01890000-0000-7000-8000-000000000002" state="routing/agent/available" \
      event_type="routing/agent/state"]\
      [meta sequenceId="1"] \
      agent 01890000-0000-7000-8000-000000000002, \
      interaction 01890000-0000-7000-8000-000000000001: routing/agent/available
      """)
  }

  @Test func `a failed event is an error`() async throws {
    try await expectMessage(
      of: EventFields(sequenceID: "a", state: "failed"), with: ["content": "sentence"],
      """
      <131>1 - qa-1 patchbay RUN - \
      [event@32473 sequence_id="a" state="failed"]\
      [outcome@32473 verdict="failed" status="503" attempts="4" code="http.503" \
      reason="answered 503: failed"]\
      [meta sequenceId="1"] \u{FEFF}\
      an event: failed, failed: http.503 (answered 503: failed)
      """)
  }

  @Test func `a rejected event is a warning`() async throws {
    try await expectMessage(
      of: EventFields(sequenceID: "a", state: "rejected"), with: ["content": "sentence"],
      """
      <132>1 - qa-1 patchbay RUN - \
      [event@32473 sequence_id="a" state="rejected"]\
      [outcome@32473 verdict="rejected" code="state.unknown" \
      reason="\\"rejected\\" is no state"]\
      [meta sequenceId="1"] \u{FEFF}\
      an event: rejected, rejected: state.unknown ("rejected" is no state)
      """)
  }

  @Test func `an event without anything`() async throws {
    try await expectMessage(
      of: EventFields(), judging: false,
      #"<134>1 - qa-1 patchbay RUN - [meta sequenceId="1"] \#u{FEFF}{}"#)
  }

  @Test func `a hostile event can't leave its place`() async throws {
    try await expectMessage(
      of: EventFields(
        sequenceID: "a\"] \u{FEFF}\n<8>1 - - - - - - injected", timestamp: "yester\u{0}day",
        agentID: "\\]\"\u{7F}\u{85}\u{2028}", state: "failed\r\n12 <8>1 evil",
        eventType: "\n<8>1 evil - ü \u{0} and longer than it may be",
        attributes: "{\"note\":\t\"a\u{1B}[31m\u{7F}\u{9B}b\"}"),
      #"""
      <131>1 - qa-1 patchbay RUN _<8>1_evil_-_____and_longer_than \#
      [event@32473 sequence_id="a\"\] \#u{FEFF}␊<8>1 - - - - - - injected" \#
      timestamp="yester␀day" agent_id="\\\]\"␡\#u{FFFD}\#u{FFFD}" \#
      state="failed␍␊12 <8>1 evil" \#
      event_type="␊<8>1 evil - ü ␀ and longer than it may be"]\#
      [outcome@32473 verdict="failed" status="503" attempts="4" code="http.503" \#
      reason="answered 503: failed␍␊12 <8>1 evil"]\#
      [meta sequenceId="1"] \#u{FEFF}\#
      {"sequence_id":"a\"] \#u{FEFF}\n<8>1 - - - - - - injected",\#
      "timestamp":"yester\u0000day","agent_id":"\\]\"\u007f\u0085\u2028",\#
      "state":"failed\r\n12 <8>1 evil",\#
      "event_type":"\n<8>1 evil - ü \u0000 and longer than it may be",\#
      "attributes":"{\"note\":\t\"a\u001b[31m\u007f\u009bb\"}",\#
      "outcome":{"verdict":"failed","status":503,"attempts":4,"latency_ms":0,\#
      "code":"http.503","reason":"answered 503: failed\r\n12 <8>1 evil"}}
      """#)
  }

  @Test func `messages are numbered`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_DGRAM)
      let report = try await TestPipeline.run(
        ["transport": "udp", "port": .integer(socket.port)], in: folder, judging: false,
        (1...20).map { .numbered($0) })
      #expect(report.failures == [])
      for number in 1...20 {
        let message = String(decoding: try socket.receive(), as: UTF8.self)
        #expect(message.contains("sequence_id=\"event-\(number)\""))
        #expect(message.contains("[meta sequenceId=\"\(number)\"]"))
      }
    }
  }

  @Test func `a message that is too long is refused, and the others are sent`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_DGRAM)
      let long = EventFields.numbered(2, state: String(repeating: "x", count: 2_000))
      let report = try await TestPipeline.run(
        ["transport": "udp", "port": .integer(socket.port)], in: folder, judging: false,
        [.numbered(1), long, .numbered(3)])
      #expect(
        report.failures == [
          "sinks.syslog: could not write events: an event's message has 4591 bytes, more than the "
            + "2048 of \"max_message\""
        ])
      #expect(report.syslog?.written == 2)
      #expect(report.syslog?.undelivered == 1)
      for (number, event) in [(1, 1), (2, 3)] {
        let message = String(decoding: try socket.receive(), as: UTF8.self)
        #expect(message.contains("sequence_id=\"event-\(event)\""))
        #expect(message.contains("[meta sequenceId=\"\(number)\"]"))
      }
    }
  }

  @Test func `the longest datagram passes`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_DGRAM)
      let report = try await TestPipeline.run(
        ["transport": ["udp": ["max_message": "65507B"]], "port": .integer(socket.port)],
        in: folder, judging: false,
        [.numbered(1, state: String(repeating: "x", count: 32_000))])
      #expect(report.failures == [])
      #expect(try socket.receive().count > 64_000)
    }
  }

  /// - Parameter expected: with RUN for the run's id.
  private func expectMessage(
    of event: EventFields, judging: Bool = true, with options: JSONValue = [:], _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_DGRAM)
      var members: [JSONValue.Member] = [
        .init("transport", "udp"), .init("port", .integer(socket.port)), .init("hostname", "qa-1"),
      ]
      if case .object(let more) = options { members += more }
      let report = try await TestPipeline.run(
        .object(members), in: folder, judging: judging, [event])
      #expect(report.failures == [], sourceLocation: sourceLocation)
      let message = String(decoding: try socket.receive(), as: UTF8.self)
      let whole = expected.replacing("RUN", with: report.run.id.description)
      // By bytes: to Swift's strings, composed and decomposed letters are the same.
      #expect(
        Array(message.utf8) == Array(whole.utf8), "\(message)", sourceLocation: sourceLocation)
    }
  }
}
