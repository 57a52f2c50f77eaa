import Foundation
import Glibc
import Synchronization

/// A socket on 127.0.0.1; closed with its last reference.
final class LoopbackSocket: Sendable {
  /// How long a test waits for what should come at once.
  private static let patience: Int32 = 30_000
  /// Below those that Linux picks from, 32 768 and up, where all other tests have theirs.
  private static let fixedPorts: Range<UInt16> = 20_000..<32_000
  private static let nextPort = Mutex(fixedPorts.randomElement() ?? fixedPorts.lowerBound)

  let descriptor: Int32
  let port: Int

  /// Makes one for datagrams, or for connections, which are refused until `listen()`.
  ///
  /// - Parameters:
  ///   - port: where; 0 for one that the system picks.
  ///   - receiveBuffer: how much the system takes in for it, in bytes.
  init(_ type: __socket_type, port wanted: UInt16 = 0, receiveBuffer: Int32? = nil) throws {
    let descriptor = socket(AF_INET, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(
        descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = wanted.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    self.descriptor = descriptor
    port = Int(address.sin_port.bigEndian)
    if descriptor < 0 || !isBound { throw TestProblem("no socket: \(errno)") }
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    port = 0
  }

  deinit { close(descriptor) }

  /// A port that nobody has, and that no test is given while a process gets ready to take it.
  static func freePort(_ type: __socket_type) throws -> Int {
    for _ in fixedPorts {
      let port = nextPort.withLock { next in
        defer { next = next + 1 < fixedPorts.upperBound ? next + 1 : fixedPorts.lowerBound }
        return next
      }
      if let socket = try? LoopbackSocket(type, port: port) { return socket.port }
    }
    throw TestProblem("no port is free")
  }

  func listen() throws {
    if Glibc.listen(descriptor, 16) != 0 { throw TestProblem("can't listen: \(errno)") }
  }

  /// Waits for the next connection.
  func accept() throws -> LoopbackSocket {
    try waitForInput()
    let accepted = Glibc.accept(descriptor, nil, nil)
    if accepted < 0 { throw TestProblem("can't accept: \(errno)") }
    _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
    return LoopbackSocket(descriptor: accepted)
  }

  /// Waits for the next bytes, or the next datagram; empty at the end.
  func receive(upTo count: Int = 65_536) throws -> [UInt8] {
    try waitForInput()
    var bytes = [UInt8](repeating: 0, count: count)
    let received = recv(descriptor, &bytes, count, 0)
    if received < 0 { throw TestProblem("can't receive: \(errno)") }
    return Array(bytes.prefix(received))
  }

  /// Makes the end of the connection a reset, as when a receiver crashes.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private func waitForInput() throws {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, Self.patience) <= 0 { throw TestProblem("nothing came") }
  }
}
