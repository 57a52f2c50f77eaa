#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A UDP socket with one peer; closed with its last reference.
final class DatagramSocket {
  let descriptor: Int32

  /// Makes one for an address; nil if the system refuses, with the code in `errno`.
  init?(_ address: HostLookup.Address) {
    #if canImport(Glibc)
      descriptor = socket(
        address.family, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #else
      descriptor = socket(address.family, SOCK_DGRAM, 0)
    #endif
    guard descriptor >= 0 else { return nil }
    #if canImport(Darwin)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #endif
    // A connected one is told of the peer's refusals.
    let result = address.bytes.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) {
        connect(descriptor, $0.baseAddress, socklen_t(bytes.count))
      }
    }
    guard result == 0 else { return nil }
  }

  deinit {
    let code = errno
    if descriptor >= 0 { close(descriptor) }
    errno = code
  }

  /// Sends a datagram without waiting, and returns 0 or the system's code.
  func send(_ message: [UInt8]) -> Int32 {
    let count = message.withUnsafeBytes { bytes in
      #if canImport(Glibc)
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT))
      #else
        Darwin.send(descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
      #endif
    }
    return count < 0 ? errno : 0
  }

  /// What went wrong since it was last asked for, such as that the peer refused a datagram; or 0.
  func takeError() -> Int32 {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    let result = getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return result == 0 ? code : errno
  }
}
