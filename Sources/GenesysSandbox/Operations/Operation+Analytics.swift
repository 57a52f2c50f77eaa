import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What agents are doing, and what they did.
extension Operation {
  static let analytics: [Operation] = [
    Operation(
      .get, "/api/v2/analytics/agents/{userId}/status",
      access: .token(anyOf: [PlatformPermission.viewAgentState.rawValue]),
      doc: OperationDoc(
        "getAnalyticsAgentStatus", "Shows what an agent is doing now.", tag: "Analytics",
        success: [200: .named("AnalyticsAgentStateAgentResponse")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[id] else { throw .notFound }
        return Answer(status: 200, body: model.organization.stateJSON(of: agent))
      }
    },
    Operation(
      .post, "/api/v2/analytics/users/details/query",
      access: .token(anyOf: [PlatformPermission.viewUserDetail.rawValue]),
      doc: OperationDoc(
        "postAnalyticsUsersDetailsQuery",
        "Finds the presences and routing statuses that users had in an interval.",
        tag: "Analytics", body: .named("UserDetailsQuery"),
        success: [200: .named("AnalyticsUserDetailsQueryResponse")])
    ) { call, _ throws(Refusal) in
      let query = try UserDetailsQuery(call.json())
      return Work { model throws(Refusal) in
        Answer(status: 200, body: query.answer(from: model.organization))
      }
    },
    Operation(
      .post, "/api/v2/analytics/conversations/details/query",
      access: .token(anyOf: [PlatformPermission.viewConversationDetail.rawValue]),
      doc: OperationDoc(
        "postAnalyticsConversationsDetailsQuery",
        "Finds the conversations of an interval, with the parts that everybody's share went through.",
        tag: "Analytics", body: .named("ConversationQuery"),
        success: [200: .named("AnalyticsConversationQueryResponse")])
    ) { call, _ throws(Refusal) in
      let query = try ConversationDetailsQuery(call.json())
      return Work { model throws(Refusal) in
        Answer(status: 200, body: query.answer(from: model.organization))
      }
    },
    Operation(
      .get, "/api/v2/analytics/conversations/{conversationId}/details",
      access: .token(anyOf: [PlatformPermission.viewConversationDetail.rawValue]),
      doc: OperationDoc(
        "getAnalyticsConversationDetails",
        "Shows a conversation, with the parts that everybody's share went through.",
        tag: "Analytics", success: [200: .named("AnalyticsConversation")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("conversationId")
      return Work { model throws(Refusal) in
        guard let conversation = model.organization.conversations[id] else { throw .notFound }
        return Answer(status: 200, body: conversation.detailsJSON)
      }
    },
    Operation(
      .post, "/api/v2/analytics/conversations/aggregates/query",
      access: .token(anyOf: [PlatformPermission.viewConversationAggregate.rawValue]),
      doc: OperationDoc(
        "postAnalyticsConversationsAggregatesQuery",
        "Counts and times what there was in conversations of an interval, by groups.",
        tag: "Analytics", body: .named("ConversationAggregationQuery"),
        success: [200: .named("ConversationAggregateQueryResponse")])
    ) { call, _ throws(Refusal) in
      let query = try ConversationAggregatesQuery(call.json())
      return Work { model throws(Refusal) in
        Answer(status: 200, body: query.answer(from: model.organization))
      }
    },
    Operation(
      .post, "/api/v2/analytics/queues/observations/query",
      access: .token(anyOf: [PlatformPermission.viewQueueObservation.rawValue]),
      doc: OperationDoc(
        "postAnalyticsQueuesObservationsQuery", "Shows what there is in queues now.",
        tag: "Analytics", body: .named("QueueObservationQuery"),
        success: [200: .named("QueueObservationQueryResponse")])
    ) { call, _ throws(Refusal) in
      let query = try QueueObservationsQuery(call.json())
      return Work { model throws(Refusal) in
        Answer(status: 200, body: query.answer(from: model.organization))
      }
    },
  ]
}

extension Organization {
  /// `AnalyticsAgentStateAgentResponse`.
  fileprivate func stateJSON(of agent: Agent) -> JSONValue {
    var members = JSONMembers()
    members.add("userId", id: agent.id)
    members.add("userName", text: agent.name)
    members.add("systemPresence", text: agent.presence.value.system.analyticsName)
    members.add("organizationPresenceId", text: agent.presence.value.definition.description)
    members.add("presenceDate", time: agent.presence.start)
    members.add("routingStatus", text: agent.status.value.rawValue)
    members.add("routingStatusDate", time: agent.status.start)
    members.add("isOutOfOffice", false)
    let sessions = agent.legs.compactMap(sessionJSON)
    members.add("sessionCount", .integer(sessions.count))
    members.add("sessions", .array(sessions))
    return members.json
  }

  private func sessionJSON(_ leg: Agent.Leg) -> JSONValue? {
    guard let conversation = conversations[leg.conversation],
      let index = conversation.index(of: leg.communication)
    else { return nil }
    let communication = conversation.communications[index]
    var members = JSONMembers()
    members.add("conversationId", id: conversation.id)
    members.add("sessionId", id: communication.id)
    members.add("sessionStart", time: communication.established)
    members.add("segmentStart", time: communication.changed)
    members.add("segmentType", text: communication.segmentKind?.rawValue ?? "unknown")
    members.add("routedQueueId", id: communication.queue)
    members.add("mediaType", text: conversation.medium.rawValue)
    members.add("originatingDirection", text: communication.isInbound ? "inbound" : "outbound")
    return members.json
  }
}
