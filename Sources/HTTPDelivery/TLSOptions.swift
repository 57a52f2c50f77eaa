public import HTTPTransport
public import PatchbayCore

/// Whom a client trusts and how it shows who it is: options for stages that send, beside their others.
///
/// ```swift
/// tls = TLSOptions(from: &options)
/// ```
public struct TLSOptions: OptionGroup {
  /// A PEM file of authorities to trust instead of the system's.
  public let caFile: String?
  /// A PEM file with the certificate that the client shows, and those between it and its authority.
  public let clientCertificate: String?
  /// A PEM file with that certificate's key, without a passphrase; nil if it is in the same file.
  public let clientKey: String?

  /// Declares the options `ca_file`, `client_certificate` and `client_key`.
  public init(from options: inout OptionReader) {
    caFile = options.optional(
      "ca_file", .nonEmpty, .path,
      doc: "A PEM file of authorities to trust instead of the system's.")
    clientCertificate = options.optional(
      "client_certificate", .nonEmpty, .path,
      doc: "A PEM file with the certificate to show to servers that want one, and those above it.")
    clientKey = options.optional(
      "client_key", .nonEmpty, .path,
      doc: "A PEM file with that certificate's key, without a passphrase; if it is left out, the "
        + "key is in the certificate's file.")
    options.check(
      clientKey == nil || clientCertificate != nil, at: "client_key",
      "is the key of no certificate; set \"client_certificate\" as well")
  }

  /// Puts them into a client's configuration.
  public func apply(to configuration: inout HTTPClientConfiguration) {
    configuration.caFile = caFile
    configuration.clientCertificate = clientCertificate
    configuration.clientKey = clientKey
  }
}

extension StageContext {
  /// Makes a client, after looking whether the files that its configuration names can be used.
  ///
  /// - Parameter configuration: how it connects.
  /// - Returns: the client; whoever asks for it shuts it down.
  /// - Throws: `HTTPError` that says which file is the matter, and what with it.
  public func makeClient(
    _ configuration: HTTPClientConfiguration
  ) throws -> any HTTPRequester {
    try network.check(configuration)
    return network.makeClient(configuration)
  }
}
