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
    },
    Operation(
      .get, "/api/v2/authorization/roles",
      access: .token(anyOf: [PlatformPermission.viewRole.rawValue]),
      doc: OperationDoc(
        "getAuthorizationRoles", "Lists the organisation's one role, with all permissions.",
        tag: "Authorization", query: paging + [NameFilter.parameter],
        success: [200: .named("OrganizationRoleEntityListing")])
    ) { call, service throws(Refusal) in
      let query = try call.query()
      let page = try Page(query, largest: 500)
      let filter = NameFilter(query)
      return Work { model throws(Refusal) in
        let id = model.organization.id
        let role: JSONValue = [
          "id": .string(id.description), "name": "Sandbox",
          "permissionPolicies": .array(
            service.options.permissions.map { SandboxModel.policyJSON($0, actions: "actionSet") }),
          "userCount": .integer(model.organization.agents.count), "default": false, "base": false,
          "selfUri": .string("/api/v2/authorization/roles/\(id)"),
        ]
        let all = filter.holds(for: "Sandbox") ? [role] : []
        return Answer(
          status: 200,
          body: page.listing(
            Array(page.slice(all)), total: all.count, path: "/api/v2/authorization/roles"))
      }
    },
    Operation(
      .get, "/api/v2/authorization/permissions",
      doc: OperationDoc(
        "getAuthorizationPermissions", "Lists the permissions that there are, by domain.",
        tag: "Authorization", query: paging,
        success: [200: .named("PermissionCollectionEntityListing")])
    ) { call, _ throws(Refusal) in
      let page = try Page(call.query(), largest: 500)
      let domains = Dictionary(grouping: PlatformPermission.allCases) { permission in
        String(permission.rawValue.prefix { $0 != ":" })
      }
      let all = domains.sorted { $0.key < $1.key }.map(permissionsJSON)
      return Work { _ throws(Refusal) in
        Answer(
          status: 200,
          body: page.listing(
            Array(page.slice(all)), total: all.count, path: "/api/v2/authorization/permissions"))
      }
    },
  ]

  /// `DomainPermissionCollection`.
  private static func permissionsJSON(
    _ domain: String, _ permissions: [PlatformPermission]
  ) -> JSONValue {
    let byEntity = Dictionary(grouping: permissions.map { $0.rawValue.split(separator: ":") }) {
      String($0[1])
    }
    let map = byEntity.sorted { $0.key < $1.key }.map { entity, permissions in
      JSONValue.Member(
        entity,
        .array(
          permissions.map { parts in
            [
              "domain": .string(domain), "entityType": .string(entity),
              "action": .string(String(parts[2])), "label": .string(parts.joined(separator: " ")),
              "allowsConditions": false, "divisionAware": false,
            ]
          }))
    }
    return [
      "id": .string(domain), "name": .string(domain), "domain": .string(domain),
      "permissionMap": .object(map),
      "selfUri": .string("/api/v2/authorization/permissions/\(domain)"),
    ]
  }
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
    if isFull { role.append(.init("policies", .array(permissions.map { Self.policyJSON($0) }))) }
    return ["subjectId": .string(subject), "division": division, "role": .object(role)]
  }

  /// A permission as a policy; those of two parts are for any entity.
  fileprivate static func policyJSON(
    _ permission: String, actions: String = "actions"
  ) -> JSONValue {
    let parts = permission.split(separator: ":").map(String.init)
    return .object([
      .init("domain", .string(parts.first ?? "")),
      .init("entityName", .string(parts.count > 2 ? parts[1] : "*")),
      .init(actions, [.string(parts.last ?? "")]),
    ])
  }
}
