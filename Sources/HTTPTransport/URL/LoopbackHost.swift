#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The hosts that are this machine, whatever the network says.
///
/// They are `localhost`, which libcurl resolves itself, the addresses 127.0.0.0/8 and `::1`,
/// and the former written as IPv6 (`::ffff:127.0.0.1`). Requests to them never go through a
/// proxy, and only for them can certificates go unverified.
public enum LoopbackHost {
  /// Whether the host is one of them.
  ///
  /// - Parameter host: A name or an address without port, as ``HTTPURL/host`` has it; IPv6
  ///   addresses may be in square brackets.
  public static func contains(host: String) -> Bool {
    if HTTPSyntax.equalIgnoringCase(host, "localhost") { return true }
    if let bytes = ipv4Bytes(host) { return bytes[0] == 127 }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let bare = isBracketed ? String(host.dropFirst().dropLast()) : host
    guard let bytes = ipv6Bytes(bare) else { return false }
    let leading = bytes[..<10].allSatisfy { $0 == 0 }
    let isOne = leading && bytes[10..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    let isMapped = leading && bytes[10] == 0xFF && bytes[11] == 0xFF && bytes[12] == 127
    return isOne || isMapped
  }

  /// The four bytes of an address in strict dotted notation, or nil.
  static func ipv4Bytes(_ text: String) -> [UInt8]? {
    bytes(of: text, family: AF_INET, count: 4)
  }

  /// The sixteen bytes of an IPv6 address without brackets and zone, or nil.
  static func ipv6Bytes(_ text: String) -> [UInt8]? {
    bytes(of: text, family: AF_INET6, count: 16)
  }

  private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
    var result = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &result) == 1 ? result : nil
  }
}
