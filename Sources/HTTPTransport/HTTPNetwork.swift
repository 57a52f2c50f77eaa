/// Where the clients of a run come from, so that a test can put a script in the network's place.
public protocol HTTPNetwork: Sendable {
  /// Makes a client; whoever asks for it shuts it down.
  func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester
}

/// The network of this machine.
public struct RealNetwork: HTTPNetwork {
  /// Makes the real network.
  public init() {}

  /// Makes an ``HTTPClient``.
  public func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester {
    HTTPClient(configuration)
  }
}
