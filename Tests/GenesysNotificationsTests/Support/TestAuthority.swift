import Foundation
import NIOSSL
import PatchbayTesting
import Testing

/// A certificate for 127.0.0.1 that signs itself.
struct TestAuthority {
  let certificateFile: String
  private let keyFile: String

  init() throws {
    let folder = try TemporaryFolder.make()
    certificateFile = folder + "/server.pem"
    keyFile = folder + "/server.key"
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/openssl")
    openssl.arguments = [
      "req", "-x509", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:prime256v1", "-subj", "/CN=127.0.0.1", "-addext",
      "subjectAltName=IP:127.0.0.1", "-keyout", keyFile, "-out", certificateFile,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    try #require(openssl.terminationStatus == 0)
  }

  /// What a server shows.
  func serverContext() throws -> NIOSSLContext {
    try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile)
          .map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem))))
  }
}
