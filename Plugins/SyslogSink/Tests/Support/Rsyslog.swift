import Foundation
import Glibc

/// rsyslogd on 127.0.0.1, which passes on what it has received and how it has parsed it.
final class Rsyslog: Sendable {
  static let path = "/usr/sbin/rsyslogd"
  static let isInstalled: Bool = {
    let isThere =
      access(path, X_OK) == 0 && access(PrivateAuthority.openssl, X_OK) == 0
      && FileManager.default.fileExists(atPath: path)
    if !isThere {
      print("SKIPPED: tests against rsyslog; apt-get install rsyslog rsyslog-gnutls openssl")
    }
    return isThere
  }()

  /// How it receives.
  enum Input: Sendable {
    case udp
    case tcp
    /// - Parameter asksForCertificate: whether senders need one that the authority has signed.
    case tls(PrivateAuthority, asksForCertificate: Bool)
  }

  /// Where it receives; the same after a restart.
  let port: Int
  private let folder: String
  private let collector: LoopbackSocket

  /// Prepares one; nothing runs yet.
  init(_ input: Input, in folder: String) throws {
    self.folder = folder
    collector = try LoopbackSocket(SOCK_STREAM)
    try collector.listen()
    if case .udp = input {
      port = try LoopbackSocket.freePort(SOCK_DGRAM)
    } else {
      port = try LoopbackSocket.freePort(SOCK_STREAM)
    }
    let settings = Self.settings(input, port: port, folder: folder, collector: collector.port)
    try TemporaryFolder.write(settings, to: folder + "/rsyslog.conf")
  }

  /// Runs it while the body runs.
  func run<Value>(_ body: (RsyslogOutput) async throws -> Value) async throws -> Value {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = ["-n", "-f", folder + "/rsyslog.conf", "-i", folder + "/rsyslog.pid"]
    process.standardInput = FileHandle.nullDevice
    try Self.start(process)
    do {
      let collector = collector
      let output = RsyslogOutput(try await blocking { try collector.accept() })
      // It says so once it listens.
      while try await !output.next().msg.hasSuffix("] start") {}
      let value = try await body(output)
      try await Self.end(process)
      return value
    } catch {
      try await Self.end(process)
      throw error
    }
  }

  /// Starts it with no signal blocked: it would inherit that, and tasks run on threads that block
  /// most.
  private static func start(_ process: Process) throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  private static func end(_ process: Process) async throws {
    process.terminate()
    try await blocking { process.waitUntilExit() }
  }

  private static func settings(
    _ input: Input, port: Int, folder: String, collector: Int
  ) -> String {
    let listening: String
    var drivers = ""
    switch input {
    case .udp:
      listening = """
        module(load="imudp")
        input(type="imudp" address="127.0.0.1" port="\(port)" rcvbufSize="4m")
        """
    case .tcp:
      listening = """
        module(load="imtcp")
        input(type="imtcp" address="127.0.0.1" port="\(port)")
        """
    case .tls(let authority, let asksForCertificate):
      drivers = """
        defaultNetstreamDriverCAFile="\(authority.caFile)"
          defaultNetstreamDriverCertFile="\(authority.certificateFile)"
          defaultNetstreamDriverKeyFile="\(authority.keyFile)"
        """
      listening = """
        module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
          streamDriver.authMode="\(asksForCertificate ? "x509/certvalid" : "anon")")
        input(type="imtcp" address="127.0.0.1" port="\(port)")
        """
    }
    return """
      global(workDirectory="\(folder)" processInternalMessages="on" maxMessageSize="64k"
        \(drivers))
      \(listening)
      module(load="mmpstrucdata")
      template(name="line" type="list" option.jsonf="on") {
        property(outname="raw" name="rawmsg" format="jsonf")
        property(outname="pri" name="pri" format="jsonf")
        property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
        property(outname="host" name="hostname" format="jsonf")
        property(outname="app" name="app-name" format="jsonf")
        property(outname="procid" name="procid" format="jsonf")
        property(outname="msgid" name="msgid" format="jsonf")
        property(outname="sd" name="structured-data" format="jsonf")
        property(outname="msg" name="msg" format="jsonf")
        property(outname="parsed" name="$!rfc5424-sd" format="jsonf")
      }
      action(type="mmpstrucdata" sd_name.lowercase="off")
      action(type="omfwd" target="127.0.0.1" port="\(collector)" protocol="tcp" template="line")

      """
  }
}
