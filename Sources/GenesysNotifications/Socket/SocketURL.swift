import ContactModel
import HTTPTransport
import PatchbayCore

/// Where a channel's socket is: a `ws` or `wss` URL that the platform gave.
package struct SocketURL: Sendable, Equatable {
  package let isSecure: Bool
  package let host: String
  package let port: Int
  /// Path and query.
  package let target: String
  /// Host and port, as the field `Host` has them.
  package let authority: String

  /// Reads the address that the platform gave, and checks that it leads there: whatever stands between could
  /// send the program anywhere.
  ///
  /// - Parameters:
  ///   - text: the member `connectUri`.
  ///   - isStandIn: whether the platform is a stand-in on this machine.
  /// - Throws: `PipelineError` that quotes the address.
  package init(_ text: String, isStandIn: Bool) throws {
    let parts = text.split(separator: "://", maxSplits: 1)
    let scheme = parts.first?.lowercased() ?? ""
    guard parts.count == 2, scheme == "ws" || scheme == "wss",
      let url = try? HTTPURL("\(scheme == "ws" ? "http" : "https")://\(parts[1])")
    else {
      throw PipelineError(
        "the platform gave a channel whose address isn't one of a WebSocket, ws:// or wss://")
    }
    let isRight =
      isStandIn ? url.isLoopback : scheme == "wss" && PlatformRegions.contain(host: url.host)
    if !isRight {
      throw PipelineError(
        "the platform gave a channel at \(scheme)://\(url.authority), which is elsewhere; expected "
          + (isStandIn ? "one on this machine" : "wss:// and a host of the platform"))
    }
    if let proxy = EnvironmentProxy.serving(url) {
      throw PipelineError(
        "sockets of notifications go straight to \(url.host), and the environment has requests go "
          + "\(proxy); name the host in \"no_proxy\" if that is allowed")
    }
    isSecure = scheme == "wss"
    host = url.host
    port = url.port
    target = url.target
    authority = url.authority
  }
}
