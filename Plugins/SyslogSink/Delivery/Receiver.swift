import PatchbayCore

/// Where messages go, and how long it may take.
struct Receiver: Sendable {
  let transport: SyslogTransport
  let host: String
  let port: Int
  let timeout: Duration

  init(_ options: SyslogSink.Options) {
    transport = options.transport
    host = options.host
    port = options.port ?? options.transport.usualPort
    timeout = options.timeout
  }

  /// The host as it stands before a colon and a port.
  var hostText: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }

  /// How errors and plans name it: `tls://logs.example.com:6514`.
  var address: String { "\(transport.name)://\(hostText):\(port)" }

  /// An error that names the receiver first.
  func error(_ sentence: String) -> PipelineError { PipelineError("\(address): \(sentence)") }

  /// What can be said of a failed connect or send, by the system's code.
  func error(code: Int32) -> PipelineError { error(hint(code)) }

  /// The system's words for a code, and what to do.
  func hint(_ code: Int32) -> String {
    "\(SystemCode.text(code)); is the receiver running, and are \"host\" and \"port\" right?"
  }

  /// When an attempt that starts now has taken too long.
  var deadline: Deadline { Deadline(in: timeout) }
}
