public import PatchbayCore

/// How messages travel to the receiver.
public enum SyslogTransport: OptionUnion {
  /// A datagram a message (RFC 5426).
  case udp(Datagrams)
  /// A TCP connection with octet counting (RFC 6587 §3.4.1).
  case tcp(PlainStream)
  /// A TLS connection with octet counting (RFC 5425).
  case tls(SecureStream)

  /// The options of UDP.
  public struct Datagrams: OptionGroup {
    let maxMessage: ByteCount

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      // What every receiver takes, what every receiver should take, and what fits into a datagram
      // of IPv4 (RFC 5424 §6.1, RFC 5426 §3.2).
      maxMessage = options.value(
        "max_message", default: .kibibytes(2), .range(480...65_507),
        doc: "The longest message; a longer one is refused, since a datagram can't be continued.")
    }
  }

  /// The options of TCP.
  public struct PlainStream: OptionGroup {
    let maxMessage: ByteCount

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      maxMessage = options.maxStreamMessage()
    }
  }

  /// The options of TLS.
  public struct SecureStream: OptionGroup {
    let caFile: String?
    let certificateFile: String?
    let keyFile: String?
    let maxMessage: ByteCount

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      caFile = options.optional(
        "ca_file", .nonEmpty, .path,
        doc: "A PEM file of authorities to trust instead of the system's.")
      certificateFile = options.optional(
        "certificate_file", .nonEmpty,
        doc: "A PEM file with the certificate that the receiver asks senders for.")
      keyFile = options.optional(
        "key_file", .nonEmpty, doc: "A PEM file with the certificate's key, not encrypted.")
      maxMessage = options.maxStreamMessage()
      options.check(
        (certificateFile == nil) == (keyFile == nil),
        at: certificateFile == nil ? "key_file" : "certificate_file",
        "certificate_file and key_file go together; set both or none")
    }
  }

  /// The forms.
  public static let cases: [OptionCase<SyslogTransport>] = [
    .init("tcp", SyslogTransport.tcp, doc: "TCP with octet counting (RFC 6587)."),
    .init("tls", SyslogTransport.tls, doc: "TLS with octet counting (RFC 5425)."),
    .init("udp", SyslogTransport.udp, doc: "A datagram a message (RFC 5426), which may get lost."),
  ]
}

extension SyslogTransport {
  var name: String {
    switch self {
    case .udp: "udp"
    case .tcp: "tcp"
    case .tls: "tls"
    }
  }

  /// The registered port: RFC 5426 §3.3; `syslog-conn`, since RFC 6587 has none; RFC 5425 §4.1.
  var usualPort: Int {
    switch self {
    case .udp: 514
    case .tcp: 601
    case .tls: 6514
    }
  }

  var maxMessage: Int {
    switch self {
    case .udp(let options): options.maxMessage.bytes
    case .tcp(let options): options.maxMessage.bytes
    case .tls(let options): options.maxMessage.bytes
    }
  }
}

extension OptionReader {
  /// What receivers of streams should take (RFC 5425 §4.3.1); rsyslog cuts what is longer.
  fileprivate mutating func maxStreamMessage() -> ByteCount {
    value(
      "max_message", default: .kibibytes(8), .range(480 ... .mebibytes(16)),
      doc: "The longest message; a longer one is refused, since receivers cut it.")
  }
}
