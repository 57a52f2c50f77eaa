package import PatchbayJSON

/// The permissions of a token: the answer of `GET /api/v2/authorization/subjects/me` with
/// `includeFullRoles=true`.
///
/// Members as in `models/authz_subject.py`, `authz_grant_role.py` and `authz_grant_policy.py` of the
/// official Python client, 269.0.0.
package struct PlatformGrants: Sendable, Equatable {
  /// Where they are asked for.
  package static let path = "/api/v2/authorization/subjects/me"

  /// What one policy of a role allows; `*` stands for any.
  private struct Policy: Equatable {
    var domain: String
    var entity: String
    var actions: [String]
  }

  private let policies: [Policy]

  /// Reads an answer's body; nil if it isn't one.
  package init?(parsing value: JSONValue) {
    guard let grants = value["grants"]?.array else { return nil }
    policies = grants.flatMap { grant in
      (grant["role"]?["policies"]?.array ?? []).compactMap { policy in
        guard let domain = policy["domain"]?.string, let entity = policy["entityName"]?.string
        else { return nil }
        return Policy(
          domain: domain, entity: entity,
          actions: (policy["actions"]?.array ?? []).compactMap(\.string))
      }
    }
  }

  /// Whether a permission such as `routing:routingstatus:inject` is among them; one of two parts, as
  /// the sandbox has, belongs to no entity.
  package func permit(_ permission: String) -> Bool {
    let parts = permission.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return false }
    let entity = parts.count == 3 ? parts[1] : ""
    return policies.contains { policy in
      Self.covers(policy.domain, parts[0]) && Self.covers(policy.entity, entity)
        && policy.actions.contains { Self.covers($0, parts[parts.count - 1]) }
    }
  }

  private static func covers(_ pattern: String, _ name: Substring) -> Bool {
    pattern == "*" || pattern.lowercased() == name.lowercased()
  }
}
