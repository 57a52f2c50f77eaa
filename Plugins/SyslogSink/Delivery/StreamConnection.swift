import CLibcurl
import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A TCP or TLS connection that carries bytes to the receiver.
final class StreamConnection {
  /// How much is written at once: a TLS record.
  ///
  /// libcurl wants the same bytes again when it couldn't write them at once.
  private static let piece = 16_384
  /// How long a receiver has to turn the sender away, beside its round trips.
  private static let patience = Duration.milliseconds(100)

  private let receiver: Receiver
  private let handle: StreamHandle
  private let socket: Int32

  /// Connects.
  ///
  /// - Throws: `PipelineError`, or `CancellationError` when stopped.
  init(_ receiver: Receiver, until stop: StopFlag) throws {
    guard let handle = StreamHandle() else { throw receiver.error("libcurl can't be initialised") }
    self.receiver = receiver
    self.handle = handle
    let code = handle.connect(to: receiver, until: stop)
    if code != CURLE_OK { throw ConnectProblem.error(code, handle, receiver) }
    socket = handle.socket
    if socket < 0 { throw receiver.error("libcurl has no socket for the connection") }
    try awaitRefusal(until: stop)
  }

  /// Waits a moment for a receiver that turns the sender away.
  ///
  /// It does so only after it has accepted the connection: with TLS 1.3, a certificate that it
  /// misses is told when the handshake is over for the sender. Messages sent by then would be gone.
  private func awaitRefusal(until stop: StopFlag) throws {
    let time = min(max(Self.patience, handle.roundTrip * 3), receiver.timeout)
    // Whatever comes that is no refusal, such as a session's ticket, comes from who has accepted.
    guard try SocketWait.wait(for: POLLIN, on: socket, deadline: Deadline(in: time), until: stop)
    else { return }
    do throws(ConnectionEnd) {
      try checkPeer()
    } catch {
      let reason = if case .broken(let text) = error { " (\(text))" } else { "" }
      let advice =
        if case .tls(let options) = receiver.transport, options.certificateFile == nil {
          "; does it want a certificate (\"certificate_file\")?"
        } else {
          "; does it allow this sender?"
        }
      throw receiver.error("the receiver turned the connection away\(reason)\(advice)")
    }
  }

  /// Notices that the receiver has ended the connection.
  ///
  /// Receivers send nothing (RFC 6587 §3.1); what one sends all the same is dropped.
  ///
  /// - Throws: `ConnectionEnd`.
  func checkPeer() throws(ConnectionEnd) {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    while true {
      var count = 0
      let code = curl_easy_recv(handle.pointer, &bytes, bytes.count, &count)
      if code == CURLE_AGAIN { return }
      if code != CURLE_OK { throw .broken(reason(code)) }
      if count == 0 { throw .closed }
    }
  }

  /// Writes bytes; returns how many the system has taken, and what kept it from the rest.
  func write(_ bytes: [UInt8], until stop: StopFlag) -> (count: Int, problem: (any Error)?) {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      do {
        while done < bytes.count {
          try checkPeer()
          let end = min(done + Self.piece, bytes.count)
          done += try write(UnsafeRawBufferPointer(rebasing: bytes[done..<end]), until: stop)
        }
        return (done, nil)
      } catch {
        return (done, (error as? ConnectionEnd).map { $0.error(receiver) } ?? error)
      }
    }
  }

  /// Writes some of a piece, at least a byte.
  private func write(_ piece: UnsafeRawBufferPointer, until stop: StopFlag) throws -> Int {
    let deadline = receiver.deadline
    while true {
      try stop.check()
      var count = 0
      let code = curl_easy_send(handle.pointer, piece.baseAddress, piece.count, &count)
      if code == CURLE_OK, count > 0 { return count }
      guard code == CURLE_AGAIN || code == CURLE_OK else {
        throw ConnectionEnd.broken(reason(code))
      }
      let isReady = try SocketWait.wait(
        for: POLLOUT, on: socket, deadline: deadline, until: stop)
      if !isReady { throw ConnectionEnd.stalled }
    }
  }

  /// Ends the connection on this side; nothing else may be asked of it then.
  ///
  /// Returns a second descriptor of the socket, by which the other side's end can be awaited; -1 if
  /// there is none left.
  func end() -> Int32 {
    let second = fcntl(socket, F_DUPFD_CLOEXEC, 0)
    // Says goodbye in TLS; the socket stays open by its second descriptor.
    handle.end()
    if second >= 0 { shutdown(second, Int32(SHUT_WR)) }
    return second
  }

  private func reason(_ code: CURLcode) -> String {
    let systemCode = handle.systemCode
    return systemCode != 0 ? SystemCode.text(systemCode) : handle.explanation(of: code)
  }
}
