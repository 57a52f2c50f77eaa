#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An endpoint's end of one connection, as a script sees it.
///
/// Its calls block; the script has a thread of its own.
public final class EndpointConnection: Sendable {
  /// Which one it is: the connections of an endpoint are counted from 0.
  public let index: Int

  private let descriptor: Int32
  private let report: @Sendable (ReceivedRequest) -> Void

  init(index: Int, descriptor: Int32, report: @escaping @Sendable (ReceivedRequest) -> Void) {
    self.index = index
    self.descriptor = descriptor
    self.report = report
  }

  /// Reads a request with its body and reports it; nil if the client closed the connection.
  public func readRequest() -> ReceivedRequest? {
    guard var request = readHead() else { return nil }
    guard readBody(&request) else { return nil }
    report(request)
    return request
  }

  /// Reads a request's head only.
  public func readHead() -> ReceivedRequest? {
    var bytes: [UInt8] = []
    while !bytes.hasSuffix("\r\n\r\n") {
      guard let byte = read(1).first else { return nil }
      bytes.append(byte)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    return ReceivedRequest(lines: lines, body: [])
  }

  /// Reads as much body as the head says, and no more.
  ///
  /// - Returns: false if the client closed first.
  public func readBody(_ request: inout ReceivedRequest) -> Bool {
    let length = request.values("Content-Length").first.flatMap { Int($0) } ?? 0
    while request.body.count < length {
      let piece = read(length - request.body.count)
      guard !piece.isEmpty else { return false }
      request.body += piece
    }
    return true
  }

  /// Sends a text as it is.
  public func send(_ text: String) {
    send(Array(text.utf8))
  }

  /// Sends bytes as they are; returns early if the client is gone.
  public func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Self.sendNow(descriptor, $0)
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  private static func sendNow(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #endif
  }

  /// Sends a complete response that keeps the connection alive.
  ///
  /// - Parameters:
  ///   - status: the status code.
  ///   - body: the body; its length is added.
  ///   - headers: more header lines, such as `Retry-After: 30`.
  public func answer(_ status: Int = 200, _ body: String = "", headers: [String] = []) {
    let lines = headers.map { "\($0)\r\n" }.joined()
    send("HTTP/1.1 \(status) X\r\n\(lines)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// Waits until the client closes the connection.
  public func waitForClose() {
    while !read(4096).isEmpty {}
  }

  /// Makes the connection end with a reset instead of an orderly close.
  public func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: min(count, 65_536)) { buffer, initialized in
      initialized = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
