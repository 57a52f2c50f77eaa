import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What a token permits.
extension Operation {
  static let authorization: [Operation] = [
    Operation(
      .get, PlatformGrants.path,
      doc: OperationDoc(
        "getAuthorizationSubjectsMe", "Shows the roles of the token's client or user.",
        tag: "Authorization",
        query: [
          .init("includeDuplicates", .boolean, doc: "Changes nothing: there is one grant."),
          .init(
            "includeFullRoles", .boolean, doc: "Whether the role comes with its permissions."),
        ], success: [200: .named("AuthzSubject")])
    ) { call, _ throws(Refusal) in
      let query = try call.query()
      _ = try query.flag("includeDuplicates")
      let isFull = try query.flag("includeFullRoles")
      return Work { model throws(Refusal) in
        let grant = call.caller.flatMap { model.tokens.grant($0.token) }
        let id = call.caller?.user?.description ?? call.caller?.client ?? ""
        return Answer(
          status: 200,
          body: [
            "id": .string(id), "name": .string(id),
            "grants": [model.grantJSON(grant?.permissions ?? [], of: id, isFull: isFull)],
            "version": 1, "selfUri": "/api/v2/authorization/subjects/\(id)",
          ])
      }
    }
  ]
}

extension SandboxModel {
  /// One role in one division that holds all of a token's permissions.
  fileprivate func grantJSON(_ permissions: [String], of subject: String, isFull: Bool) -> JSONValue
  {
    let division: JSONValue = [
      "id": .string(organization.id.description), "name": "Home", "homeDivision": true,
      "selfUri": "/api/v2/authorization/divisions/\(organization.id)",
    ]
    var role: [JSONValue.Member] = [
      .init("id", .string(organization.id.description)), .init("name", "Sandbox"),
      .init("selfUri", "/api/v2/authorization/roles/\(organization.id)"),
    ]
    if isFull { role.append(.init("policies", .array(permissions.map(Self.policyJSON)))) }
    return ["subjectId": .string(subject), "division": division, "role": .object(role)]
  }

  /// A permission as a policy; those of two parts are for any entity.
  private static func policyJSON(_ permission: String) -> JSONValue {
    let parts = permission.split(separator: ":").map(String.init)
    return [
      "domain": .string(parts.first ?? ""),
      "entityName": .string(parts.count > 2 ? parts[1] : "*"),
      "actions": [.string(parts.last ?? "")],
    ]
  }
}
