#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension HTTPClientConfiguration {
  /// Looks whether the files that it names are there and hold what they should.
  ///
  /// A client finds that out with its first request; by then a run has begun.
  ///
  /// - Throws: ``HTTPError`` of kind ``HTTPError/Kind/tls``, which names the file.
  public func checkFiles() throws(HTTPError) {
    let certificate = "-----BEGIN CERTIFICATE-----"
    for (name, path) in [("ca_file", caFile), ("client_certificate", clientCertificate)] {
      guard let path else { continue }
      let text = try Self.contents(of: path, name)
      guard text.contains(certificate) || text.contains("-----BEGIN TRUSTED CERTIFICATE-----")
      else {
        throw Self.unusable(name, path, "holds no certificate in PEM form (\"\(certificate)\")")
      }
    }
    let name = clientKey == nil ? "client_certificate" : "client_key"
    guard let path = clientKey ?? clientCertificate else { return }
    let text = try Self.contents(of: path, name)
    if text.contains("ENCRYPTED") {
      throw Self.unusable(name, path, "holds a key with a passphrase; give one without")
    }
    guard text.contains("PRIVATE KEY-----") else {
      throw Self.unusable(
        name, path,
        "holds no private key in PEM form"
          + (clientKey == nil ? "; name the key's file in \"client_key\"" : ""))
    }
  }

  private static func unusable(_ name: String, _ path: String, _ problem: String) -> HTTPError {
    HTTPError(kind: .tls, message: "\(name): \(path) \(problem)")
  }

  /// - Throws: ``HTTPError`` with the system's reason.
  private static func contents(of path: String, _ name: String) throws(HTTPError) -> String {
    let most = 16 << 20
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw unusable(name, path, "can't be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw unusable(name, path, "can't be read: it is no regular file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= most {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw unusable(name, path, "can't be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
    throw unusable(name, path, "is longer than 16 MiB")
  }
}
