import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore

/// How a user logs in through a browser: a page to choose them on, and a code to exchange for a token.
extension Operation {
  static let login: [Operation] = [
    authorize(.get, "getOauthAuthorize", "Shows a page on which to choose who logs in.") {
      request, _, model, _ in
      LoginPage(request, model.organization).answer
    },
    authorize(
      .post, "postOauthAuthorize", "Logs a user in, and leads the browser back with a code."
    ) {
      request, user, model, call in
      guard let user, model.organization.agents[user]?.profile.isActive ?? false else {
        return LoginPage.refusal("there is no such user")
      }
      model.organization.agents[user]?.lastLogin = call.now
      let code = model.authorizations.makeCode(
        .init(client: request.client, user: user), redirectURI: request.redirectURI,
        challenge: request.challenge, at: call.now, ids: call.credentialIDs)
      return redirect(request.redirectURI, [("code", code), ("state", request.state)])
    },
  ]

  private static func authorize(
    _ method: HTTPRequest.Method, _ id: String, _ summary: String,
    _ body:
      @escaping @Sendable (AuthorizationRequest, UUIDBits?, inout SandboxModel, LoginCall) -> Answer
  ) -> Operation {
    Operation(
      method, LoginAPI.authorizePath, surface: .surroundings, access: .open, readsOwnQuery: true,
      doc: OperationDoc(
        id, summary, tag: "OAuth", query: method == .get ? parameters : [],
        form: method == .get ? nil : form, isPage: true,
        success: method == .get ? [200: nil, 303: nil] : [303: nil])
    ) { call, service throws(Refusal) in
      let fields = try method == .get ? call.query() : call.form()
      let moment = LoginCall(now: call.now, credentialIDs: service.credentialIDs)
      let request: AuthorizationRequest
      do throws(AuthorizationRequest.Problem) {
        request = try AuthorizationRequest(fields, service.options)
      } catch {
        let answer = answer(to: error, fields)
        return Work { _ throws(Refusal) in answer }
      }
      let user = fields["user"].last.flatMap { UUIDBits(anyCase: $0) }
      return Work { model throws(Refusal) in body(request, user, &model, moment) }
    }
  }

  private static let form = Schema.object(
    parameters.map { .maybe($0.name, $0.schema) } + [.always("user", .uuid)])

  private static let parameters: [OperationDoc.Parameter] = [
    .init("response_type", .choice(["code"]), doc: "What the browser comes back with."),
    .init("client_id", .string, doc: "The client that wants to act for the user."),
    .init("redirect_uri", .string, doc: "Where the browser goes; of one of the option `origins`."),
    .init("state", .string, doc: "Comes back as it is."),
    .init("code_challenge", .string, doc: "What the code is to be proven against (RFC 7636)."),
    .init("code_challenge_method", .choice(["S256"]), doc: "How."),
  ]

  private static func answer(
    to problem: AuthorizationRequest.Problem, _ fields: FormFields
  ) -> Answer {
    switch problem {
    case .untold(let explanation): LoginPage.refusal(explanation)
    case .told(let error, let explanation):
      redirect(
        fields["redirect_uri"].last ?? "",
        [
          ("error", error), ("error_description", explanation), ("state", fields["state"].last),
        ])
    }
  }

  private static func redirect(
    _ address: String, _ parameters: [(name: String, value: String?)]
  ) -> Answer {
    let query = parameters.compactMap { name, value in
      value.map { "\(name)=\(FormFields.encode($0))" }
    }.joined(separator: "&")
    let separator = address.contains("?") ? "&" : "?"
    return Answer(status: 303, fields: [("Location", address + separator + query)])
  }
}

/// When a login happens, and what its codes are made of.
struct LoginCall: Sendable {
  let now: Timestamp
  let credentialIDs: CredentialIDs
}
