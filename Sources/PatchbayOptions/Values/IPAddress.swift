#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Reads addresses of hosts in the one form that all parsers read alike.
package enum IPAddress {
  /// The four bytes of an address in strict dotted notation, or nil.
  package static func version4(_ text: String) -> [UInt8]? {
    bytes(of: text, family: AF_INET, count: 4)
  }

  /// The sixteen bytes of an IPv6 address without brackets and zone, or nil.
  package static func version6(_ text: String) -> [UInt8]? {
    bytes(of: text, family: AF_INET6, count: 16)
  }

  private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
    var result = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &result) == 1 ? result : nil
  }
}
