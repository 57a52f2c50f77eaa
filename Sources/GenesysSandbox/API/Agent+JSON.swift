import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension Agent {
  /// `RoutingStatus`.
  var routingStatusJSON: JSONValue {
    [
      "userId": .string(id.description), "status": .string(status.value.rawValue),
      "startTime": .string(status.start.platformText),
    ]
  }

  /// `UserPresence`.
  func presenceJSON(source: String) -> JSONValue {
    [
      "id": .string(id.description), "source": .string(source.uppercased()),
      "primary": true, "presenceDefinition": presence.value.json,
      "message": .string(presenceMessage), "modifiedDate": .string(presence.start.platformText),
      "selfUri": .string("/api/v2/users/\(id)/presences/\(source)"),
    ]
  }

  /// `UcUserPresence`, of the bulk read.
  var bulkPresenceJSON: JSONValue {
    [
      "id": .string(id.description), "userId": .string(id.description), "source": "PURECLOUD",
      "presenceDefinition": presence.value.json, "message": .string(presenceMessage),
      "modifiedDate": .string(presence.start.platformText),
      "selfUri": .string("/api/v2/users/\(id)/presences/purecloud"),
    ]
  }

  /// `User`, with what was asked to be there too.
  func json(expanding names: Set<String>) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: id)
    members.add("name", text: name)
    members.add("email", text: email)
    members.add("username", text: email)
    members.add("state", text: "active")
    members.add("version", 1)
    if names.contains("routingStatus") { members.add("routingStatus", routingStatusJSON) }
    if names.contains("presence") { members.add("presence", presenceJSON(source: "purecloud")) }
    members.add("selfUri", text: "/api/v2/users/\(id)")
    return members.json
  }
}

extension SystemPresence {
  /// `PresenceDefinition`.
  var json: JSONValue {
    [
      "id": .string(idText), "systemPresence": .string(rawValue),
      "selfUri": .string("/api/v2/presencedefinitions/\(idText)"),
    ]
  }

  /// `OrganizationPresenceDefinition`.
  var definitionJSON: JSONValue {
    [
      "id": .string(idText), "name": .string(rawValue), "type": "System",
      "languageLabels": ["en_US": .string(rawValue)], "systemPresence": .string(rawValue),
      "divisionId": "*", "deactivated": false,
      "selfUri": .string("/api/v2/presence/definitions/\(idText)"),
    ]
  }

  /// `OrganizationPresence`, the older form.
  var organizationPresenceJSON: JSONValue {
    [
      "id": .string(idText), "name": .string(rawValue),
      "languageLabels": ["en_US": .string(rawValue)], "systemPresence": .string(rawValue),
      "deactivated": false, "primary": true,
      "selfUri": .string("/api/v2/presencedefinitions/\(idText)"),
    ]
  }
}
