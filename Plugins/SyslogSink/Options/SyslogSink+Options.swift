public import PatchbayCore

extension SyslogSink {
  /// The options.
  public struct Options: OptionGroup {
    let transport: SyslogTransport
    let host: String
    let port: Int?
    let timeout: Duration
    let facility: SyslogFacility
    let severity: SeverityRules
    let appName: String
    let hostname: String?
    let enterpriseID: Int
    let content: MessageContent
    let byteOrderMark: Bool

    /// Declares and reads the options.
    public init(from options: inout OptionReader) {
      transport = options.required(
        "transport", doc: "How messages travel; what counts as written depends on it.")
      host = options.value(
        "host", default: "127.0.0.1",
        .that("a host name or an IP address", pattern: "^[A-Za-z0-9._:-]+$", Self.isHost),
        doc: "The receiver's name or address; a certificate must be for it.")
      port = options.optional(
        "port", .range(1...65_535),
        doc: "The receiver's port; without it 514 for udp, 601 for tcp, 6514 for tls.")
      timeout = options.value(
        "timeout", default: .seconds(10), .range(.milliseconds(1) ... .seconds(600)),
        doc: "How long connecting may take, and how long the receiver may take nothing in.")
      facility = options.value(
        "facility", default: .local0, doc: "What part of the system messages are about.")
      severity = options.group("severity", doc: "How bad a message is, by its event's outcome.")
      appName = options.value(
        "app_name", default: "patchbay", Self.headerField(48), doc: "The sender's APP-NAME.")
      hostname = options.optional(
        "hostname", Self.headerField(255),
        doc: "The sender's HOSTNAME; without it the name of this machine.")
      enterpriseID = options.value(
        "enterprise_id", default: 32_473, .range(1...4_294_967_295),
        doc: "The IANA enterprise number in the names of structured data; 32473 is for examples.")
      content = options.value("content", default: .json, doc: "What the message's text is.")
      byteOrderMark = options.value(
        "byte_order_mark", default: true,
        doc: "Whether the text starts with a byte order mark, as RFC 5424 demands for UTF-8.")
    }

    /// Also what curl must not take for more than a host: `a/b`, `user@host`.
    private static func isHost(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "-"):
            true
          default: false
          }
        }
    }

    private static func headerField(_ longest: Int) -> OptionRule<String> {
      .that(
        "1 to \(longest) printable ASCII characters without blanks",
        pattern: "^[!-~]{1,\(longest)}$"
      ) { (1...longest).contains($0.utf8.count) && $0.utf8.allSatisfy(HeaderField.isPrintable) }
    }
  }
}
