import PatchbayOptions

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
    if let bytes = IPAddress.version4(host) { return bytes[0] == 127 }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let bare = isBracketed ? String(host.dropFirst().dropLast()) : host
    guard let bytes = IPAddress.version6(bare) else { return false }
    let leading = bytes[..<10].allSatisfy { $0 == 0 }
    let isOne = leading && bytes[10..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    let isMapped = leading && bytes[10] == 0xFF && bytes[11] == 0xFF && bytes[12] == 127
    return isOne || isMapped
  }
}
