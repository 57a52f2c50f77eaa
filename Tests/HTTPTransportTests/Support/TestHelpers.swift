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

/// Answers every request with what the script says, as long as the client goes on.
func answering(
  _ answer: @escaping @Sendable (ServerConnection, ReceivedRequest) -> Void
) -> ScriptedServer.Script {
  { connection in
    while let request = connection.readRequest() { answer(connection, request) }
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}
