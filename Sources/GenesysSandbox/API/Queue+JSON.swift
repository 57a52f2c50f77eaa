import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

extension Queue {
  /// `Queue`.
  var json: JSONValue {
    var members = described()
    members.add("autoAnswerOnly", false)
    members.add("selfUri", text: "/api/v2/routing/queues/\(id)")
    return members.json
  }

  /// `UserQueue`: the queue as one of its members sees it.
  func json(for agent: UUIDBits) -> JSONValue {
    var members = described()
    members.add("joined", .bool(self.members[agent]?.isJoined ?? false))
    members.add("selfUri", text: "/api/v2/routing/queues/\(id)")
    return members.json
  }

  private func described() -> JSONMembers {
    var members = JSONMembers()
    members.add("id", id: id)
    members.add("name", text: name)
    members.add("description", text: description)
    members.add("dateCreated", time: created)
    members.add("dateModified", time: modified)
    members.add("memberCount", .integer(self.members.count))
    members.add("userMemberCount", .integer(self.members.count))
    members.add("joinedMemberCount", .integer(joinedCount))
    members.add("mediaSettings", mediaSettingsJSON)
    members.add("acwSettings", afterCallWorkJSON)
    members.add("skillEvaluationMethod", text: "ALL")
    return members
  }

  private var mediaSettingsJSON: JSONValue {
    let settings: JSONValue = [
      "alertingTimeoutSeconds": .integer(Int(alertingTime.components.seconds))
    ]
    return [
      "call": settings, "callback": settings, "chat": settings, "email": settings,
      "message": settings,
    ]
  }

  private var afterCallWorkJSON: JSONValue {
    var members = JSONMembers()
    members.add("wrapupPrompt", text: afterCallWork.queueName)
    if afterCallWork.endsByItself {
      members.add("timeoutMs", .integer(afterCallWorkTime.milliseconds))
    }
    return members.json
  }

  /// `QueueMember`.
  func memberJSON(
    _ agent: Agent, expanding names: Set<UserExpansion>, in catalog: Catalog
  ) -> JSONValue {
    let member = members[agent.id] ?? Member()
    return [
      "id": .string(agent.id.description), "name": .string(agent.name),
      "user": agent.json(expanding: names, in: catalog), "ringNumber": .integer(member.ringNumber),
      "joined": .bool(member.isJoined), "memberBy": "user",
      "routingStatus": agent.routingStatusJSON,
      "selfUri": .string("/api/v2/routing/queues/\(id)/members/\(agent.id)"),
    ]
  }
}

extension Catalog.Named {
  /// `WrapupCode`.
  var wrapUpCodeJSON: JSONValue {
    [
      "id": .string(id.description), "name": .string(name),
      "selfUri": .string("/api/v2/routing/wrapupcodes/\(id)"),
    ]
  }

  /// `RoutingSkill`.
  var skillJSON: JSONValue {
    [
      "id": .string(id.description), "name": .string(name), "state": "active",
      "selfUri": .string("/api/v2/routing/skills/\(id)"),
    ]
  }
}
