import Glibc
import HTTPTransport
import PatchbayTesting
import Testing

/// Servers that want to know who the client is.
@Suite(
  .enabled(
    if: access(PrivateAuthority.openssl, X_OK) == 0,
    "openssl is not installed: no server asks for a certificate"))
struct ClientCertificateTests {
  /// OpenSSL's own server, which takes only clients with a certificate of the authority.
  private func withServer<Value>(
    _ version: String, _ body: (_ url: String, PrivateAuthority) async throws -> Value
  ) async throws -> Value {
    try await TemporaryDirectory.run { directory in
      let authority = try PrivateAuthority(in: directory)
      let free = try TCPSocket.listening()
      close(free.descriptor)
      let process = try ChildProcess(
        PrivateAuthority.openssl,
        [
          "s_server", "-accept", "127.0.0.1:\(free.port)", "-cert", authority.certificateFile,
          "-key",
          authority.keyFile, "-CAfile", authority.caFile, "-Verify", "1", "-verify_return_error",
          "-www", version,
        ], environment: [], descriptors: [], output: directory + "/output.log")
      defer { process.terminate() }
      return try await body("https://127.0.0.1:\(free.port)/", authority)
    }
  }

  private func send(
    _ url: String, _ configuration: HTTPClientConfiguration
  ) async throws -> Result<HTTPResponse, HTTPError> {
    try await withClient(configuration) { client in
      for _ in 0..<200 {
        do {
          return .success(try await client.send(HTTPRequest(url: url)))
        } catch let error as HTTPError where error.kind == .connect {
          // The server hasn't begun to listen.
          try await Task.sleep(for: .milliseconds(20))
        } catch let error as HTTPError {
          return .failure(error)
        }
      }
      throw CancellationError()
    }
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"])
  func `one without a certificate is told what the server wants`(version: String) async throws {
    try await withServer(version) { url, authority in
      let result = try await send(url, HTTPClientConfiguration(caFile: authority.caFile))
      guard case .failure(let error) = result else {
        Issue.record("\(result)")
        return
      }
      #expect(error.wantsClientCertificate)
      #expect(
        error.message.contains("client certificate (client_certificate and client_key)"),
        "\(error)")
    }
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"], [true, false])
  func `one with a certificate is answered`(version: String, isInOneFile: Bool) async throws {
    try await withServer(version) { url, authority in
      var configuration = HTTPClientConfiguration(caFile: authority.caFile)
      configuration.clientCertificate = authority.certificateFile
      configuration.clientKey = authority.keyFile
      if isInOneFile {
        let both = try [authority.certificateFile, authority.keyFile].map(TemporaryDirectory.read)
        configuration.clientCertificate = authority.keyFile + ".both"
        configuration.clientKey = nil
        try TemporaryDirectory.write(both.joined(), to: authority.keyFile + ".both")
      }
      try configuration.checkFiles()
      guard case .success(let response) = try await send(url, configuration) else {
        Issue.record("no answer")
        return
      }
      #expect(response.status == 200)
    }
  }

  @Test func `files that can't be used are told before anything is sent`() async throws {
    try await TemporaryDirectory.run { directory in
      let authority = try PrivateAuthority(in: directory)
      let locked = directory + "/locked.key"
      try ChildProcess.run(
        PrivateAuthority.openssl,
        [
          "pkcs8", "-topk8", "-in", authority.keyFile, "-out", locked, "-passout", "pass:x", "-v2",
          "aes-256-cbc",
        ])
      try TemporaryDirectory.write("nothing", to: directory + "/text")
      func problem(_ ca: String?, _ certificate: String?, _ key: String?) -> String? {
        var configuration = HTTPClientConfiguration(caFile: ca)
        configuration.clientCertificate = certificate
        configuration.clientKey = key
        do {
          try configuration.checkFiles()
          return nil
        } catch {
          return error.message.replacing(directory, with: "")
        }
      }
      let certificate = authority.certificateFile
      #expect(problem(authority.caFile, certificate, authority.keyFile) == nil)
      #expect(problem(nil, nil, nil) == nil)
      #expect(
        problem("/nowhere", nil, nil)
          == "ca_file: /nowhere can't be read: No such file or directory")
      #expect(problem(directory, nil, nil) == "ca_file:  can't be read: it is no regular file")
      #expect(
        problem("/dev/zero", nil, nil) == "ca_file: /dev/zero can't be read: it is no regular file")
      #expect(
        problem(directory + "/text", nil, nil)
          == "ca_file: /text holds no certificate in PEM form (\"-----BEGIN CERTIFICATE-----\")")
      #expect(
        problem(nil, certificate, nil)
          == "client_certificate: /server.pem holds no private key in PEM form; name the key's file in "
          + "\"client_key\"")
      #expect(
        problem(nil, certificate, locked)
          == "client_key: /locked.key holds a key with a passphrase; give one without")
      #expect(
        problem(nil, certificate, authority.caFile)
          == "client_key: /ca.pem holds no private key in PEM form")
    }
  }
}
