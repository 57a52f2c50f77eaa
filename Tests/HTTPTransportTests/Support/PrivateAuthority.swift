/// Certificates for a server on 127.0.0.1 and `localhost`, signed by an authority of our own.
struct PrivateAuthority {
  static let openssl = "/usr/bin/openssl"

  /// The authority's certificate, in PEM.
  let caFile: String
  let certificateFile: String
  let keyFile: String

  /// Makes them in a directory.
  init(in directory: String) throws {
    caFile = directory + "/ca.pem"
    certificateFile = directory + "/server.pem"
    keyFile = directory + "/server.key"
    let settings = directory + "/openssl.cnf"
    try TemporaryDirectory.write(
      """
      [req]
      distinguished_name = name
      [name]
      [authority]
      basicConstraints = critical, CA:TRUE
      [server]
      basicConstraints = critical, CA:FALSE
      subjectAltName = IP:127.0.0.1, DNS:localhost
      """, to: settings)
    let common = [
      "req", "-x509", "-config", settings, "-days", "2", "-nodes",
      "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
    ]
    let caKey = directory + "/ca.key"
    try ChildProcess.run(
      Self.openssl,
      common + [
        "-subj", "/CN=Private Authority", "-extensions", "authority", "-keyout", caKey,
        "-out", caFile,
      ])
    try ChildProcess.run(
      Self.openssl,
      common + [
        "-subj", "/CN=127.0.0.1", "-extensions", "server", "-CA", caFile, "-CAkey", caKey,
        "-keyout", keyFile, "-out", certificateFile,
      ])
  }
}
