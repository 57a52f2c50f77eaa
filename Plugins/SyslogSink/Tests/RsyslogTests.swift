import Foundation
import PatchbayKit
import Testing

/// All events arrive in a real rsyslogd, which parses every part of them.
@Suite(
  .enabled(if: Rsyslog.isInstalled, "rsyslog, rsyslog-gnutls and openssl"),
  .timeLimit(.minutes(2)))
struct RsyslogTests {
  private static let events = (1...150).map { EventFields.numbered($0) } + EventFields.hostile

  @Test func `over UDP`() async throws {
    try await TemporaryFolder.run { folder in
      let options: JSONValue = ["udp": ["max_message": "16KiB"]]
      try await expectAll(in: folder, Rsyslog(.udp, in: folder), over: options)
    }
  }

  @Test func `over TCP`() async throws {
    try await TemporaryFolder.run { folder in
      try await expectAll(in: folder, Rsyslog(.tcp, in: folder), over: "tcp")
    }
  }

  @Test func `over TLS`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      let rsyslog = try Rsyslog(.tls(authority, asksForCertificate: false), in: folder)
      try await expectAll(
        in: folder, rsyslog, over: ["tls": ["ca_file": .string(authority.caFile)]])
    }
  }

  @Test func `over TLS with a certificate of the sender's`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      let rsyslog = try Rsyslog(.tls(authority, asksForCertificate: true), in: folder)
      try await expectAll(
        in: folder, rsyslog,
        over: [
          "tls": [
            "ca_file": .string(authority.caFile),
            "certificate_file": .string(authority.certificateFile),
            "key_file": .string(authority.keyFile),
          ]
        ])
    }
  }

  @Test func `the receiver is restarted in mid-run`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      let rsyslog = try Rsyslog(.tls(authority, asksForCertificate: false), in: folder)
      let (starts, start) = AsyncStream<Void>.makeStream()
      let options: JSONValue = [
        "transport": ["tls": ["ca_file": .string(authority.caFile)]],
        "port": .integer(rsyslog.port),
      ]
      try await withThrowingTaskGroup(of: RunReport.self) { group in
        try await rsyslog.run { output in
          group.addTask {
            try await TestPipeline.run(options, in: folder, judging: false) { outlet in
              for number in 1...20 { try await outlet.emit(.numbered(number)) }
              try await outlet.flush()
              for await _ in starts { break }
              for number in 21...40 { try await outlet.emit(.numbered(number)) }
            }
          }
          let received = try await ids(output.next(20))
          #expect(received == (1...20).map { "event-\($0)" })
        }
        try await rsyslog.run { output in
          start.finish()
          let received = try await ids(output.next(20))
          #expect(received == (21...40).map { "event-\($0)" })
          let report = try await group.next()
          #expect(report?.failures == [])
          #expect(report?.events.delivered == 40)
          #expect(report?.syslog?.findings["reconnections"] == 1)
        }
      }
    }
  }

  private func ids(_ messages: [RsyslogOutput.Message]) throws -> [String?] {
    try messages.map { try $0.structuredData()["event@32473"]?["sequence_id"] }
  }

  /// Sends all events, and checks each as rsyslogd has parsed it.
  private func expectAll(
    in folder: String, _ rsyslog: Rsyslog, over transport: JSONValue
  ) async throws {
    let options: JSONValue = [
      "transport": transport, "port": .integer(rsyslog.port), "hostname": "qa-1",
    ]
    let output = try await rsyslog.run { output in
      let report = try await TestPipeline.run(options, in: folder, Self.events)
      #expect(report.failures == [])
      #expect(report.syslog?.written == Self.events.count)
      var left = Self.events
      var numbers: Set<String> = []
      for message in try await output.next(Self.events.count) {
        #expect(message.host == "qa-1")
        #expect(message.app == "patchbay")
        #expect(message.procid == report.run.id.description)
        let data = try message.structuredData()
        numbers.insert(data["meta"]?["sequenceId"] ?? "")
        let parameters = data["event@32473"] ?? [:]
        let index = try #require(left.firstIndex { Expected($0).structuredData == parameters })
        let expected = Expected(left.remove(at: index))
        #expect(message.pri == expected.priority)
        #expect(message.msgid == expected.messageID)
        #expect(data["outcome@32473"]?["verdict"] == expected.verdict)
        if let time = expected.time { #expect(message.time == time) }
        let json = try JSONSerialization.jsonObject(with: Data(try #require(message.json).utf8))
        let members = try #require(json as? [String: Any])
        #expect(members["sequence_id"] as? String == expected.event.sequenceID)
        #expect(members["state"] as? String == expected.event.state)
      }
      #expect(left == [])
      #expect(numbers == Set((1...Self.events.count).map(String.init)))
      return output
    }
    // It has nothing to complain of, such as a connection that ended without a goodbye.
    let last = try await output.next()
    #expect(last.msg.hasSuffix("exiting on signal 15."), "\(last.msg)")
  }
}
