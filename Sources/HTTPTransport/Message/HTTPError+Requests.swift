extension HTTPError {
  /// A request that can't be sent.
  static func invalidRequest(_ url: HTTPURL, _ problem: String) -> HTTPError {
    HTTPError(kind: .invalidRequest, message: "\(url.authority): \(problem)")
  }

  /// A request whose task was cancelled before it was sent.
  static func cancelled(_ url: HTTPURL) -> HTTPError {
    HTTPError(kind: .cancelled, message: "\(url.authority): the request was cancelled")
  }

  /// A request to a client that was shut down before.
  static func closed(_ url: HTTPURL) -> HTTPError {
    HTTPError(kind: .closed, message: "\(url.authority): the client was shut down")
  }

  /// A request to a client that can't get its thread or libcurl's handle.
  static func notStarted(_ url: HTTPURL, _ problem: String) -> HTTPError {
    HTTPError(kind: .other, message: "\(url.authority): cannot start the client: \(problem)")
  }
}
