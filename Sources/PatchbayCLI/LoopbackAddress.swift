import ArgumentParser

/// An address on this machine to listen on.
enum LoopbackAddress {
  /// The port of an address such as `127.0.0.1:8080`; the address before it must be the loopback
  /// interface.
  ///
  /// - Parameter server: who listens, for the message.
  static func port(of listen: String, whose server: String, option: String = "--listen") throws
    -> Int
  {
    let parts = listen.split(separator: ":", omittingEmptySubsequences: false)
    let host = parts.count == 2 ? String(parts[0]) : "127.0.0.1"
    guard parts.count <= 2, let port = Int(parts[parts.count - 1]), (0...65_535).contains(port)
    else {
      throw ValidationError(
        "\(option): expected an address and a port from 0 to 65535 such as 127.0.0.1:8080, "
          + "found \(listen)")
    }
    guard ["127.0.0.1", "localhost"].contains(host) else {
      throw ValidationError(
        "\(option): \(server) listens on the loopback interface only, for it asks nobody who they are; "
          + "use 127.0.0.1:\(port), found \(listen)")
    }
    return port
  }
}
