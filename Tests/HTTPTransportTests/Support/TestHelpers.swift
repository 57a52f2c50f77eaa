import HTTPTransport
import Testing

/// Runs the body with a client that is shut down afterwards.
func withClient<Value>(
  _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(),
  _ body: (HTTPClient) async throws -> Value
) async throws -> Value {
  let client = HTTPClient(configuration)
  do {
    let value = try await body(client)
    await client.shutdown()
    return value
  } catch {
    await client.shutdown()
    throw error
  }
}

/// The error that a request fails with; a response is a failed expectation.
func failure(
  of client: HTTPClient, _ request: HTTPRequest, at location: SourceLocation = #_sourceLocation
) async throws -> HTTPError {
  try await #require(throws: HTTPError.self, sourceLocation: location) {
    try await client.send(request)
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}
