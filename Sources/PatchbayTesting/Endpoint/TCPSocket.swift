#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes TCP sockets on 127.0.0.1, on ports that the system picks.
package enum TCPSocket {
  /// A socket that has a port of its own and doesn't accept connections: they are refused.
  package static func bound() throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard result else {
      defer { close(descriptor) }
      throw SystemError("bind")
    }
    return (descriptor, Int(address.sin_port.bigEndian))
  }

  /// A socket that accepts connections.
  package static func listening() throws -> (descriptor: Int32, port: Int) {
    let socket = try bound()
    guard listen(socket.descriptor, 512) == 0 else {
      defer { close(socket.descriptor) }
      throw SystemError("listen")
    }
    return socket
  }

  /// The port at the other end of a connection, or nil if the descriptor is none.
  package static func peerPort(of descriptor: Int32) -> Int? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        getpeername(descriptor, pointer, &length)
      }
    }
    return result == 0 ? Int(address.sin_port.bigEndian) : nil
  }
}
