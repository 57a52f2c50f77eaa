import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

extension GenesysSession {
  /// Looks whether the token has the permissions that a stage's requests take.
  package func checkPermissions(_ permissions: [String], _ context: StageContext) async -> [Check] {
    let exchange = await read("\(PlatformGrants.path)?includeFullRoles=true", context)
    let cure = "look for \(permissions.joined(separator: ", ")) in the roles of the OAuth client"
    guard case .success(let response) = exchange.ending else {
      let reason = exchange.platformExplanation.reason
      return [
        (400..<500).contains(exchange.status) && exchange.status != 429
          ? .unchecked(
            "permissions", "the platform doesn't tell those of this client: \(reason)", cure: cure)
          : .unchecked("permissions", "they can't be read now: \(reason)", cure: cure)
      ]
    }
    guard
      let grants = (try? JSONValue(parsing: response.body)).flatMap({ PlatformGrants(parsing: $0) })
    else {
      return [.unchecked("permissions", "\(PlatformGrants.path) answered 200 with something else")]
    }
    let missing = permissions.filter { !grants.permit($0) }
    if missing.isEmpty { return [.good("permissions", permissions.joined(separator: ", "))] }
    return missing.map {
      .bad("permission", "\($0) is missing", cure: "add it to a role of the OAuth client")
    }
  }
}
