import Foundation

/// Certificates signed by an authority of our own.
struct PrivateAuthority: Sendable {
  static let openssl = "/usr/bin/openssl"

  /// The authority's certificate, in PEM.
  let caFile: String
  /// The certificate that it has signed.
  let certificateFile: String
  let keyFile: String

  /// Makes them in a folder that exists.
  ///
  /// - Parameters:
  ///   - prefix: what the files' names start with.
  ///   - name: whom the certificate is for.
  init(
    in folder: String, called prefix: String = "", for name: String = "IP:127.0.0.1"
  ) async throws {
    caFile = "\(folder)/\(prefix)ca.pem"
    certificateFile = "\(folder)/\(prefix)receiver.pem"
    keyFile = "\(folder)/\(prefix)receiver.key"
    let settings = "\(folder)/\(prefix)openssl.cnf"
    try TemporaryFolder.write(
      """
      [req]
      distinguished_name = name
      [name]
      [authority]
      basicConstraints = critical, CA:TRUE
      [receiver]
      basicConstraints = critical, CA:FALSE
      subjectAltName = \(name)
      """, to: settings)
    let common = [
      "req", "-x509", "-config", settings, "-days", "2", "-nodes",
      "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
    ]
    let caKey = "\(folder)/\(prefix)ca.key"
    try await ChildProcess.run(
      Self.openssl,
      common + [
        "-subj", "/CN=Private Authority", "-extensions", "authority", "-keyout", caKey,
        "-out", caFile,
      ])
    try await ChildProcess.run(
      Self.openssl,
      common + [
        "-subj", "/CN=receiver", "-extensions", "receiver", "-CA", caFile, "-CAkey", caKey,
        "-keyout", keyFile, "-out", certificateFile,
      ])
  }
}
