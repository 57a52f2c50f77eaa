import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Login, and what a token can say of itself.
extension Operation {
  static let tokens: [Operation] = [
    Operation(
      .post, LoginAPI.tokenPath, surface: .surroundings, access: .open,
      doc: OperationDoc(
        "postOauthToken", "Gives a token for a client's id and secret.", tag: "OAuth",
        success: [200: .named("OAuthToken")])
    ) { call, service throws(Refusal) in
      try issueToken(call, service)
    },
    Operation(
      .get, "/api/v2/tokens/me",
      doc: OperationDoc(
        "getTokensMe", "Shows what the token stands for.", tag: "Tokens",
        success: [200: .named("TokenInfo")])
    ) { call, _ throws(Refusal) in
      Work { model throws(Refusal) in
        let organization: JSONValue = [
          "id": .string(model.organization.id.description), "name": "Sandbox",
        ]
        return Answer(
          status: 200,
          body: [
            "organization": organization, "homeOrganization": organization,
            "authorizedScope": [],
            "OAuthClient": [
              "id": .string(call.caller?.client ?? ""), "name": .string(call.caller?.client ?? ""),
              "organization": organization,
            ],
          ])
      }
    },
    Operation(
      .delete, "/api/v2/tokens/me",
      doc: OperationDoc(
        "deleteTokensMe", "Revokes the token.", tag: "Tokens", success: [200: nil])
    ) { call, _ throws(Refusal) in
      let token = call.caller?.token
      return Work { model throws(Refusal) in
        model.revoke { name, _ in name == token }
        return Answer(status: 200)
      }
    },
    Operation(
      .delete, "/api/v2/tokens/{userId}",
      doc: OperationDoc(
        "deleteToken", "Revokes the tokens of a user.", tag: "Tokens", success: [200: nil],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let user = try call.id("userId")
      return Work { model throws(Refusal) in
        guard model.organization.agents[user] != nil else { throw .notFound }
        model.revoke { _, grant in grant.user == user }
        return Answer(status: 200)
      }
    },
  ]

  /// `POST /oauth/token`.
  ///
  /// Statuses and words of a refusal are those that `gildas/go-gcloudcx` got from the real platform
  /// for an unknown client and a wrong secret; the others follow RFC 6749 §5.2.
  private static func issueToken(_ call: Call, _ service: SandboxService) throws(Refusal) -> Work {
    let bytes = try call.bytes()
    let options = service.options
    guard call.request.mediaType == "application/x-www-form-urlencoded",
      let form = FormFields(parsing: bytes)
    else {
      return refuse(400, "invalid_request", "the body must be application/x-www-form-urlencoded")
    }
    guard let header = call.request.authorization,
      let credentials = BasicCredentials(headerValue: header)
    else { return refuse(400, "invalid_request", "basic authorization header is missing") }
    let grants = form["grant_type"]
    guard let grant = grants.first, grants.count == 1 else {
      return refuse(400, "invalid_request", "grant_type must be given once")
    }
    guard grant == LoginAPI.grantType else {
      return refuse(
        400, "unsupported_grant_type", "grant_type must be \(LoginAPI.grantType)")
    }
    guard credentials.id == options.clientID else {
      return refuse(400, "invalid_client", "client not found")
    }
    guard credentials.secret == options.clientSecret.reveal() else {
      return refuse(
        401, "invalid_client", "authentication failed",
        fields: [("WWW-Authenticate", #"Basic realm="genesys-sandbox""#)])
    }
    return Work { model throws(Refusal) in
      Answer(
        status: 200,
        body: model.issueToken(
          client: credentials.id, user: nil, options: options, at: call.now,
          ids: service.credentialIDs))
    }
  }

  private static func refuse(
    _ status: Int, _ error: String, _ explanation: String,
    fields: [(name: String, value: String)] = []
  ) -> Work {
    Work { _ throws(Refusal) in
      Answer(status: status, fields: fields, body: TokenError(error, explanation).json)
    }
  }
}

extension SandboxModel {
  /// Makes a token, and shows it as the login does.
  mutating func issueToken(
    client: String, user: UUIDBits?, options: SandboxOptions, at now: Timestamp,
    ids: CredentialIDs
  ) -> JSONValue {
    let token = tokens.issue(
      .init(
        client: client, user: user, permissions: options.permissions,
        expiresAt: now.advanced(by: options.tokenLifetime)),
      at: now, ids: ids)
    let lifetime = options.tokenLifetime.components.seconds
    return TokenResponse(accessToken: token, expiresIn: Int(clamping: lifetime)).json
  }

  /// Ends tokens, and the channels that were made with them.
  mutating func revoke(where condition: (String, IssuedTokens.Grant) -> Bool) {
    let tokens = tokens
    let isRevoked = { (name: String) in tokens.grant(name).map { condition(name, $0) } ?? false }
    notifications.close(tokens: isRevoked)
    _ = self.tokens.revoke(where: condition)
  }
}
