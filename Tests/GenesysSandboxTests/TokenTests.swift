import GenesysCloud
import GenesysSandbox
import PatchbayJSON
import Testing

@Suite struct TokenTests {
  @Test func `a client with id and secret gets a token for a day`() async throws {
    try await withSandbox { client in
      let answer = try await client.requestToken()
      #expect(answer.status == 200)
      #expect(answer["Content-Type"] == "application/json")
      #expect(answer["Cache-Control"] == "no-cache, no-store, must-revalidate")
      let response = try #require(TokenResponse(parsing: try answer.json))
      #expect(
        answer.text
          == #"{"access_token":"\#(response.accessToken)","token_type":"bearer","expires_in":86400}"#
      )
      #expect(response.accessToken.utf8.count == 36)
    }
  }

  @Test func `every token is another one, and the same in the next run where that is asked for`()
    async throws
  {
    func tokens() async throws -> [String] {
      try await withSandbox(["repeatable_ids": true]) {
        [try await $0.token(), try await $0.token()]
      }
    }
    let first = try await tokens()
    #expect(Set(first).count == 2)
    #expect(try await tokens() == first)
  }

  @Test func `the lifetime is an option, in whole seconds`() async throws {
    try await withSandbox(["token_lifetime": "5m500ms"]) { client in
      let answer = try await client.requestToken()
      #expect(try answer.json["expires_in"] == 300)
    }
  }

  @Test(arguments: [
    ("nobody", "sandbox", 400, "invalid_client", "client not found"),
    ("sandbox", "wrong", 401, "invalid_client", "authentication failed"),
    ("sandbox", "", 401, "invalid_client", "authentication failed"),
    ("", "", 400, "invalid_client", "client not found"),
  ])
  func `wrong credentials are refused as the platform does`(
    id: String, secret: String, status: Int, error: String, description: String
  ) async throws {
    try await withSandbox { client in
      let answer = try await client.requestToken(id: id, secret: secret)
      #expect(answer.status == status)
      #expect(
        answer.text
          == #"{"error":"\#(error)","description":"\#(description)","#
          + #""error_description":"\#(description)"}"#)
      #expect(
        answer.notableFields
          == (status == 401 ? [#"www-authenticate: Basic realm="genesys-sandbox""#] : []))
      #expect(answer[PlatformHeader.correlationID]?.utf8.count == 36)
    }
  }

  @Test func `credentials are options, and a secret may have a colon`() async throws {
    try await withSandbox(["client_id": "me", "client_secret": "a:b:ü"]) { client in
      let mine = try await client.requestToken(id: "me", secret: "a:b:ü")
      #expect(mine.status == 200)
      let usual = try await client.requestToken()
      #expect(usual.status == 400)
    }
  }

  @Test(arguments: [
    (
      "grant_type=password", "unsupported_grant_type",
      "grant_type must be client_credentials, authorization_code or refresh_token"
    ),
    ("", "invalid_request", "grant_type must be given once"),
    (
      "grant_type=client_credentials&grant_type=client_credentials", "invalid_request",
      "grant_type must be given once"
    ),
    (
      "grant_type=%zz", "invalid_request", "the body must be application/x-www-form-urlencoded"
    ),
    (
      "grant_type=%ff", "invalid_request", "the body must be application/x-www-form-urlencoded"
    ),
    ("grant_type=%", "invalid_request", "the body must be application/x-www-form-urlencoded"),
  ])
  func `a form that asks for something else is refused`(
    form: String, error: String, description: String
  ) async throws {
    try await withSandbox { client in
      let answer = try await client.requestToken(form: form)
      #expect(answer.status == 400)
      #expect(answer.text == TokenError(error, description).json.text())
    }
  }

  @Test func `a form in other spelling is understood`() async throws {
    try await withSandbox { client in
      let form = "scope=a+b%20c&grant%5Ftype=client%5fcredentials&&flag"
      let answer = try await client.requestToken(form: form)
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: [nil, "Bearer x", "Basic", "Basic %%%%", "Basic c2FuZGJveA=="])
  func `without basic credentials there is no token`(header: String?) async throws {
    try await withSandbox { client in
      var fields = ["Content-Type": "application/x-www-form-urlencoded"]
      fields["Authorization"] = header
      let answer = try await client.send(
        "POST", "/oauth/token", fields, body: Array("grant_type=client_credentials".utf8))
      #expect(answer.status == 400)
      #expect(
        answer.text
          == TokenError("invalid_request", "basic authorization header is missing").json.text())
    }
  }

  @Test func `a body of another type is refused`() async throws {
    try await withSandbox { client in
      let answer = try await client.send(
        "POST", "/oauth/token",
        [
          "Authorization": BasicCredentials(id: "sandbox", secret: "sandbox").headerValue,
          "Content-Type": "application/json",
        ], body: Array("{}".utf8))
      #expect(answer.status == 400)
      #expect(
        answer.text
          == TokenError(
            "invalid_request", "the body must be application/x-www-form-urlencoded"
          ).json.text())
    }
  }
}
