import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Sends each message as a datagram (RFC 5426).
///
/// Nobody answers. All that can be known is that a host refused a datagram because nothing listens
/// at the port: for this machine at once, for others a little later and not reliably.
final class DatagramCarrier: MessageCarrier {
  private let receiver: Receiver
  private var socket: DatagramSocket?
  private(set) var connections = 0

  init(_ receiver: Receiver) {
    self.receiver = receiver
  }

  func connect(until stop: StopFlag) throws {
    if socket != nil { return }
    var code: Int32 = 0
    for address in try HostLookup.addresses(of: receiver, until: stop) {
      if let made = DatagramSocket(address) {
        socket = made
        connections += 1
        return
      }
      code = errno
    }
    throw receiver.error(code: code)
  }

  func carry(_ messages: [[UInt8]], until stop: StopFlag) -> Handover {
    var handover = Handover()
    do {
      try connect(until: stop)
      try checkRefusal("the datagrams that were sent before")
      for message in messages {
        if let reason = try send(message, until: stop) { handover.refused[handover.count] = reason }
        handover.count += 1
      }
    } catch {
      socket = nil
      handover.problem = error
    }
    return handover
  }

  func close(until stop: StopFlag) throws {
    defer { socket = nil }
    try checkRefusal("the last datagrams")
  }

  private func checkRefusal(_ what: String) throws {
    let code = socket?.takeError() ?? 0
    if code != 0 { throw receiver.error("\(what) may be lost: \(receiver.hint(code))") }
  }

  /// Sends one; returns why it can't ever be sent, if so.
  private func send(_ message: [UInt8], until stop: StopFlag) throws -> String? {
    guard let socket else { return nil }
    let deadline = receiver.deadline
    while true {
      try stop.check()
      let code = socket.send(message)
      switch code {
      case 0:
        // On this machine the refusal is there by now.
        let refusal = socket.takeError()
        if refusal != 0 { throw receiver.error(code: refusal) }
        return nil
      case EINTR: continue
      case EMSGSIZE:
        return "its message has \(message.count) bytes, too many for a datagram on this network; "
          + "lower \"max_message\" or use tcp"
      case EAGAIN, ENOBUFS:
        let isReady = try SocketWait.wait(
          for: POLLOUT, on: socket.descriptor, deadline: deadline, until: stop)
        if !isReady || deadline.isOver {
          throw receiver.error("the network took nothing for \(receiver.timeout.optionText)")
        }
      default: throw receiver.error(code: code)
      }
    }
  }
}
