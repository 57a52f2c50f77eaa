import PatchbayCore
import PatchbayKit
import PatchbayTesting
import SyslogSink
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct DeclarationTests {
  @Test func `the module brings the sink`() throws {
    var registry = StageRegistry()
    try registry.load(PluginEntry.self)
    #expect(registry.stages(of: .sink).map { $0.type } == ["syslog"])
    #expect(registry.stages.count == 1)
  }

  @Test func `the options are declared well`() {
    #expect(SyslogSink.Options.declarationProblems() == [])
  }

  @Test func `the sink keeps the contract of its role`() async throws {
    let socket = try LoopbackSocket(SOCK_DGRAM)
    let check = Conformance(
      SyslogSink.self,
      options: ["transport": "udp", "host": "127.0.0.1", "port": .integer(socket.port)])
    #expect(await check.problems() == [])
    withExtendedLifetime(socket) {}
  }

  @Test func `a file says what is wrong with the options`() {
    expectRefusal(
      ["transport": "upd", "host": "logs.example.com/x", "port": 0, "app_name": "two words"],
      [
        #"transport: expected one of "tcp", "tls", "udp", found "upd" (did you mean "udp"?)"#,
        #"host: must be a host name or an IP address, found "logs.example.com/x""#,
        "port: must be from 1 to 65535, found the number 0",
        #"app_name: must be 1 to 48 printable ASCII characters without blanks, found "two words""#,
      ])
    expectRefusal(
      ["transport": ["udp": ["max_message": "479B"]]],
      [#"transport.udp.max_message: must be from 480B to 65507B, found "479B""#])
    expectRefusal(
      ["transport": ["tls": ["key_file": "key.pem"]]],
      [
        "transport.tls.key_file: certificate_file and key_file go together; set both or none"
      ])
    expectRefusal(
      [:], [#"transport: required option is missing: one of "tcp", "tls", "udp""#])
  }

  private func expectRefusal(_ options: JSONValue, _ expected: [String]) {
    do {
      _ = try SyslogSink.Options(options)
      Issue.record("accepted \(options.text())")
    } catch {
      #expect("\(error)" == expected.joined(separator: "\n"))
    }
  }
}
