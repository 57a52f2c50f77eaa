import PatchbayOptions

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The proxy that requests go through because the environment says so, by the rules that libcurl follows
/// (https://curl.se/libcurl/c/libcurl-env.html): clients use it without being asked, so whoever announces
/// requests has to tell.
public struct EnvironmentProxy: Sendable, Equatable {
  /// The variable that names it.
  public let variable: String
  /// Its address as messages may show it: without user name and password.
  public let address: String

  /// The proxy of requests to a URL; nil if they go straight there.
  ///
  /// - Parameters:
  ///   - url: where requests go.
  ///   - environment: looks up a variable; that of the process by default.
  public static func serving(
    _ url: HTTPURL, environment: (String) -> String? = Self.processVariable
  ) -> Self? {
    if url.isLoopback || isExempt(url.host, environment) { return nil }
    // Upper-case HTTP_PROXY isn't read: a CGI program gets it from the header `Proxy`.
    let names =
      (url.scheme == .http ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"])
      + ["all_proxy", "ALL_PROXY"]
    for name in names {
      guard let text = environment(name), !text.isEmpty else { continue }
      return Self(variable: name, address: shown(text))
    }
    return nil
  }

  /// What messages say behind an address that requests go to; nil if they go straight there.
  ///
  /// - Parameter address: a URL, or the beginning of one up to its host.
  public static func route(to address: String) -> String? {
    (try? HTTPURL(address)).flatMap { serving($0) }?.description
  }

  /// A variable of this process.
  public static let processVariable: @Sendable (String) -> String? = { name in
    getenv(name).map { String(cString: $0) }
  }

  /// The address without what stands before an `@`.
  private static func shown(_ text: String) -> String {
    let parts = text.split(separator: "://", maxSplits: 1)
    let rest = String(parts.last ?? "")
    let host = rest.split(separator: "@").last.map(String.init) ?? rest
    return parts.count > 1 ? "\(parts[0])://\(host)" : host
  }

  private static func isExempt(_ host: String, _ environment: (String) -> String?) -> Bool {
    guard let list = environment("no_proxy") ?? environment("NO_PROXY") else { return false }
    if list == "*" { return true }
    return list.split { $0 == "," || $0 == " " || $0 == "\t" }.contains { covers($0, host) }
  }

  private static func covers(_ entry: Substring, _ host: String) -> Bool {
    var name = entry.lowercased()[...]
    if let address = IPAddress.version4(host) {
      let parts = name.split(separator: "/", maxSplits: 1)
      guard let network = parts.first.flatMap({ IPAddress.version4(String($0)) }) else {
        return false
      }
      let bits = parts.count > 1 ? Int(parts[1]) ?? 0 : 32
      return prefix(address, bits) == prefix(network, bits)
    }
    if name.hasPrefix("[") { name = name.dropFirst().prefix { $0 != "]" } }
    if name.hasPrefix(".") { name = name.dropFirst() }
    if name.hasSuffix(".") { name = name.dropLast() }
    return !name.isEmpty && (host == name || host.hasSuffix(".\(name)"))
  }

  private static func prefix(_ address: [UInt8], _ bits: Int) -> UInt32 {
    let number = address.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return bits <= 0 ? 0 : number >> UInt32(32 - min(bits, 32))
  }
}

extension EnvironmentProxy: CustomStringConvertible {
  /// What follows an address in messages: `through the proxy http://proxy:3128 (http_proxy)`.
  public var description: String { "through the proxy \(address) (\(variable))" }
}
