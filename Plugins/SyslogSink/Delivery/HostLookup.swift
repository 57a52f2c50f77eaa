import Dispatch
import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the addresses of a host for datagrams.
///
/// The system's lookup can't be stopped, so it has a thread of its own, which is left alone when it
/// takes too long.
final class HostLookup: Sendable {
  /// An address as the system's calls take it.
  struct Address: Sendable {
    let family: Int32
    let bytes: [UInt8]
  }

  private let result = Mutex<(addresses: [Address], code: Int32)>(([], 0))
  private let bell = DispatchSemaphore(value: 0)

  private init() {}

  /// The addresses, at least one, in the order in which they are to be tried.
  ///
  /// - Throws: `PipelineError`, or `CancellationError` when stopped.
  static func addresses(of receiver: Receiver, until stop: StopFlag) throws -> [Address] {
    let lookup = HostLookup()
    let (host, port) = (receiver.host, String(receiver.port))
    DispatchQueue(label: "syslog host lookup").async { lookup.run(host, port) }
    let deadline = receiver.deadline
    while lookup.bell.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
      try stop.check()
      if deadline.isOver {
        throw receiver.error(
          "the name \(receiver.host) was not found within \(receiver.timeout.optionText); "
            + "check \"host\", or raise \"timeout\"")
      }
    }
    let (addresses, code) = lookup.result.withLock { $0 }
    if addresses.isEmpty {
      let reason = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
      throw receiver.error("the host is not known (\(reason)); check \"host\"")
    }
    return addresses
  }

  private func run(_ host: String, _ port: String) {
    var hints = addrinfo()
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    #else
      hints.ai_socktype = SOCK_DGRAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, port, &hints, &list)
    var addresses: [Address] = []
    var next = list
    while let info = next?.pointee {
      if let address = info.ai_addr {
        let bytes = UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
        addresses.append(Address(family: info.ai_family, bytes: Array(bytes)))
      }
      next = info.ai_next
    }
    if let list { freeaddrinfo(list) }
    result.withLock { [addresses] in $0 = (addresses, code) }
    bell.signal()
  }
}
