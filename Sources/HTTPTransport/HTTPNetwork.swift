/// Where the clients of a run come from, so that a test can put a script in the network's place.
public protocol HTTPNetwork: Sendable {
  /// Makes a client; whoever asks for it shuts it down.
  func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester

  /// Looks whether the files that a configuration names can be used, where clients will use them.
  ///
  /// - Throws: `HTTPError` that names the file.
  func check(_ configuration: HTTPClientConfiguration) throws(HTTPError)
}

extension HTTPNetwork {
  /// Looks at nothing: the clients of a script use no files.
  public func check(_ configuration: HTTPClientConfiguration) throws(HTTPError) {}
}

/// The network of this machine.
public struct RealNetwork: HTTPNetwork {
  /// Makes the real network.
  public init() {}

  /// Makes an ``HTTPClient``.
  public func makeClient(_ configuration: HTTPClientConfiguration) -> any HTTPRequester {
    HTTPClient(configuration)
  }

  /// Looks whether the configuration's files are there and hold what they should.
  public func check(_ configuration: HTTPClientConfiguration) throws(HTTPError) {
    try configuration.checkFiles()
  }
}
