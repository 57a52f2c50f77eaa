import Glibc
import PatchbayKit
import Testing

/// TLS receivers that must not be talked to, or don't want to be.
@Suite(
  .enabled(if: Rsyslog.isInstalled, "rsyslog, rsyslog-gnutls and openssl"),
  .timeLimit(.minutes(2)))
struct CertificateTests {
  @Test func `an authority that isn't trusted`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      let stranger = try await PrivateAuthority(in: folder, called: "other-")
      try await expectFailure(
        in: folder, authority, options: ["ca_file": .string(stranger.caFile)],
        """
        the receiver's certificate is not trusted (SSL certificate problem: unable to get local \
        issuer certificate); name the file of its authority in "ca_file"
        """)
      try await expectFailure(
        in: folder, authority, options: [:],
        """
        the receiver's certificate is not trusted (SSL certificate problem: unable to get local \
        issuer certificate); name the file of its authority in "ca_file"
        """)
    }
  }

  @Test func `a certificate for another host`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder, for: "DNS:logs.example.com")
      try await expectFailure(
        in: folder, authority, options: ["ca_file": .string(authority.caFile)],
        """
        the receiver's certificate is for another host (SSL: no alternative certificate subject \
        name matches target host name '127.0.0.1'); set "host" to the name that it is for
        """)
    }
  }

  @Test func `a file of authorities that isn't there`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      let file = folder + "/missing.pem"
      try await expectFailure(
        in: folder, authority, options: ["ca_file": .string(file)],
        "\"ca_file\" can't be read (error setting certificate file: \(file))")
    }
  }

  @Test func `a receiver that wants a certificate turns the sender away`() async throws {
    try await TemporaryFolder.run { folder in
      let authority = try await PrivateAuthority(in: folder)
      try await expectFailure(
        in: folder, authority, asksForCertificate: true,
        options: ["ca_file": .string(authority.caFile)],
        """
        the receiver turned the connection away; does it want a certificate ("certificate_file")?
        """)
    }
  }

  @Test func `a receiver that doesn't speak TLS`() async throws {
    try await TemporaryFolder.run { folder in
      let rsyslog = try Rsyslog(.tcp, in: folder)
      try await rsyslog.run { _ in
        let report = try await TestPipeline.run(
          ["transport": "tls", "port": .integer(rsyslog.port), "timeout": "300ms"], in: folder,
          [.numbered(1)])
        #expect(
          report.failures == [
            """
            sinks.syslog: tls://127.0.0.1:\(rsyslog.port): no connection within 300ms; check \
            "host" and "port", or raise "timeout"
            """
          ])
      }
    }
  }

  private func expectFailure(
    in folder: String, _ authority: PrivateAuthority, asksForCertificate: Bool = false,
    options: JSONValue, _ expected: String
  ) async throws {
    let rsyslog = try Rsyslog(
      .tls(authority, asksForCertificate: asksForCertificate), in: folder)
    try await rsyslog.run { _ in
      let report = try await TestPipeline.run(
        ["transport": ["tls": options], "port": .integer(rsyslog.port)], in: folder, [.numbered(1)])
      #expect(
        report.failures == ["sinks.syslog: tls://127.0.0.1:\(rsyslog.port): \(expected)"])
    }
  }
}
