import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Sends messages over a connection, each with its length in front (RFC 6587 §3.4.1, RFC 5425 §4.3).
final class StreamCarrier: MessageCarrier {
  private let receiver: Receiver
  private var connection: StreamConnection?
  private(set) var connections = 0

  init(_ receiver: Receiver) {
    self.receiver = receiver
  }

  func connect(until stop: StopFlag) throws {
    if connection != nil { return }
    connection = try StreamConnection(receiver, until: stop)
    connections += 1
  }

  func carry(_ messages: [[UInt8]], until stop: StopFlag) -> Handover {
    let end = dropEndedConnection()
    do {
      try connect(until: stop)
    } catch {
      return Handover(problem: error, end: end)
    }
    guard let connection else { return Handover() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(messages.reduce(0) { $0 + $1.count + 8 })
    var ends: [Int] = []
    for message in messages {
      bytes.append(contentsOf: "\(message.count) ".utf8)
      bytes.append(contentsOf: message)
      ends.append(bytes.count)
    }
    let (count, problem) = connection.write(bytes, until: stop)
    // A message that went in part ends with the connection: no receiver can go on behind it.
    if problem != nil { self.connection = nil }
    return Handover(count: ends.prefix { $0 <= count }.count, problem: problem, end: end)
  }

  /// Makes the next write connect anew where the last connection has ended meanwhile.
  ///
  /// Returns how it ended.
  private func dropEndedConnection() -> PipelineError? {
    do throws(ConnectionEnd) {
      try connection?.checkPeer()
      return nil
    } catch {
      connection = nil
      return error.error(receiver)
    }
  }

  /// Ends the connection, and waits until the receiver has done so too: then it has read all.
  func close(until stop: StopFlag) throws {
    guard let connection else { return }
    self.connection = nil
    do throws(ConnectionEnd) {
      try connection.checkPeer()
    } catch {
      // In good order: nothing was on its way.
      if case .closed = error { return }
      throw receiver.error("\(error.error(receiver)); what was written last may be lost")
    }
    let socket = connection.end()
    guard socket >= 0 else { return }
    defer { Self.close(socket) }
    do {
      try awaitEnd(of: socket, until: stop)
    } catch is CancellationError {
      throw receiver.error(
        "stopped before the receiver ended the connection; what was written last may be lost")
    }
  }

  private func awaitEnd(of socket: Int32, until stop: StopFlag) throws {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let deadline = receiver.deadline
    while true {
      guard try SocketWait.wait(for: POLLIN, on: socket, deadline: deadline, until: stop) else {
        throw receiver.error(
          "the receiver did not end the connection within \(receiver.timeout.optionText); "
            + "what was written last may be lost")
      }
      let count = recv(socket, &bytes, bytes.count, 0)
      if count == 0 { return }
      if count < 0, errno != EINTR {
        throw receiver.error(
          "the connection was lost (\(SystemCode.text(errno))); what was written last may be lost")
      }
    }
  }

  private static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
