import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Login, and what a token can say of itself.
extension Operation {
  static let tokens: [Operation] = [
    Operation(
      .post, LoginAPI.tokenPath, surface: .surroundings, access: .open, readsOwnQuery: true,
      doc: OperationDoc(
        "postOauthToken",
        "Gives a token: for a client's id and secret, for a code, or for a refresh token.",
        tag: "OAuth",
        form: .object([
          .always(
            "grant_type", .choice([LoginAPI.grantType, "authorization_code", "refresh_token"])),
          .maybe("code", .string), .maybe("redirect_uri", .string),
          .maybe("code_verifier", .string), .maybe("client_id", .string),
          .maybe("refresh_token", .string),
        ]),
        success: [200: .named("OAuthToken")], refusals: [401])
    ) { call, service throws(Refusal) in
      _ = try call.bytes()
      let request: TokenRequest
      do throws(TokenRequest.Problem) {
        request = try TokenRequest(call, service.options)
      } catch {
        let answer = error.answer
        var work = Work { _ throws(Refusal) in answer }
        work.isRefusal = true
        return work
      }
      return Work { model throws(Refusal) in
        request.answer(from: &model, service, at: call.now)
      }
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
}

extension SandboxModel {
  /// Makes a token, and shows it as the login does.
  mutating func issueToken(
    client: String, user: UUIDBits?, options: SandboxOptions, permissions: [String]? = nil,
    lifetime: Duration? = nil, at now: Timestamp, ids: CredentialIDs
  ) -> JSONValue {
    let lifetime = lifetime ?? options.tokenLifetime
    let token = tokens.issue(
      .init(
        client: client, user: user, permissions: permissions ?? options.permissions,
        expiresAt: now.advanced(by: lifetime)),
      at: now, ids: ids)
    let seconds = lifetime.components.seconds
    return TokenResponse(accessToken: token, expiresIn: Int(clamping: seconds)).json
  }

  /// Ends tokens, and the channels that were made with them.
  mutating func revoke(where condition: (String, IssuedTokens.Grant) -> Bool) {
    let tokens = tokens
    let isRevoked = { (name: String) in tokens.grant(name).map { condition(name, $0) } ?? false }
    notifications.close(tokens: isRevoked)
    authorizations.revoke { grant in
      condition(
        grant.token,
        .init(
          client: grant.client, user: grant.user, permissions: [],
          expiresAt: Timestamp(nanoseconds: .max)))
    }
    _ = self.tokens.revoke(where: condition)
  }
}
