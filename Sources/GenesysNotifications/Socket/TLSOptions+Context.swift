package import HTTPDelivery
package import NIOSSL
import PatchbayCore

extension TLSOptions {
  /// What a socket trusts and shows, as the requests of the same connection do.
  ///
  /// - Throws: `PipelineError` that names the file that can't be used.
  package func socketContext() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let caFile {
      configuration.trustRoots = .certificates(
        try reading(caFile) { try NIOSSLCertificate.fromPEMFile(caFile) })
    }
    if let clientCertificate {
      configuration.certificateChain = try reading(clientCertificate) {
        try NIOSSLCertificate.fromPEMFile(clientCertificate).map { .certificate($0) }
      }
      let key = clientKey ?? clientCertificate
      configuration.privateKey = .privateKey(
        try reading(key) { try NIOSSLPrivateKey(file: key, format: .pem) })
    }
    return try NIOSSLContext(configuration: configuration)
  }

  private func reading<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw PipelineError("\(path) can't be used for TLS: \(error)", cause: error)
    }
  }
}
