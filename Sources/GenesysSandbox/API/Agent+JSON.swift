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
  func json(expanding names: Set<UserExpansion>, in catalog: Catalog) -> JSONValue {
    var members = JSONMembers()
    members.add("id", id: id)
    members.add("name", text: name)
    members.add("title", text: profile.title)
    members.add("department", text: profile.department)
    members.add("email", text: email)
    members.add("username", text: email)
    members.add(
      "primaryContactInfo",
      [["address": .string(email), "mediaType": "EMAIL", "type": "PRIMARY"]])
    members.add("addresses", .array(profile.addresses))
    members.add("state", text: profile.isActive ? "active" : "inactive")
    members.add("version", .integer(profile.version))
    members.add("acdAutoAnswer", false)
    if names.contains(.routingStatus) { members.add("routingStatus", routingStatusJSON) }
    if names.contains(.presence) { members.add("presence", presenceJSON(source: "purecloud")) }
    if names.contains(.skills) { members.add("skills", .array(skillsJSON(in: catalog))) }
    if names.contains(.dateLastLogin) { members.add("dateLastLogin", time: lastLogin) }
    members.add("selfUri", text: "/api/v2/users/\(id)")
    return members.json
  }

  /// `UserRoutingSkill`, one for each skill.
  func skillsJSON(in catalog: Catalog) -> [JSONValue] {
    skills.compactMap { catalog.skills[$0] }.sorted { $0.name < $1.name }.map { skill in
      [
        "id": .string(skill.id.description), "name": .string(skill.name), "proficiency": 5.0,
        "state": "active", "skillUri": .string("/api/v2/routing/skills/\(skill.id)"),
        "selfUri": .string("/api/v2/users/\(id)/routingskills/\(skill.id)"),
      ]
    }
  }
}

/// What can be shown of a user beside what always is.
enum UserExpansion: String, CaseIterable {
  case presence
  case routingStatus
  case skills
  case dateLastLogin
}

extension AgentPresence {
  /// `PresenceDefinition`.
  var json: JSONValue {
    [
      "id": .string(definition.description), "systemPresence": .string(system.rawValue),
      "selfUri": .string("/api/v2/presencedefinitions/\(definition)"),
    ]
  }
}

extension Catalog.Presence {
  /// `OrganizationPresenceDefinition`, in which a system presence is one word: `OnQueue`.
  var definitionJSON: JSONValue {
    [
      "id": .string(id.description), "name": .string(name), "type": isSystem ? "System" : "User",
      "languageLabels": ["en_US": .string(name)],
      "systemPresence": .string(system.rawValue.replacing(" ", with: "")),
      "divisionId": "*", "deactivated": false,
      "selfUri": .string("/api/v2/presence/definitions/\(id)"),
    ]
  }

  /// `OrganizationPresence`, the older form, in which it is as elsewhere: `On Queue`.
  var organizationPresenceJSON: JSONValue {
    [
      "id": .string(id.description), "name": .string(name),
      "languageLabels": ["en_US": .string(name)], "systemPresence": .string(system.rawValue),
      "deactivated": false, "primary": .bool(isSystem),
      "selfUri": .string("/api/v2/presencedefinitions/\(id)"),
    ]
  }
}
