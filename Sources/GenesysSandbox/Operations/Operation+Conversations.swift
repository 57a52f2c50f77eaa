import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Conversations and those who take part in them.
extension Operation {
  static let conversations: [Operation] = [
    Operation(
      .get, "/api/v2/conversations",
      doc: OperationDoc(
        "getConversations", "Lists the conversations that the user takes part in now.",
        tag: "Conversations",
        query: [.init("communicationType", .string, doc: "`call` or `email`, or all without it.")],
        success: [200: .named("ConversationEntityListing")])
    ) { call, _ throws(Refusal) in
      guard let user = call.caller?.user else {
        throw .badRequest("this request requires a user context; client credentials have none")
      }
      let type = try call.query()["communicationType"].last?.lowercased()
      return Work { model throws(Refusal) in
        let all = (model.organization.agents[user]?.legs ?? [])
          .compactMap { model.organization.conversations[$0.conversation] }
          .filter { type == nil || ($0.medium == .voice ? "call" : "email") == type }
        let page = Page(size: max(25, all.count), number: 1)
        return Answer(
          status: 200,
          body: page.listing(all.map(\.json), total: all.count, path: "/api/v2/conversations"))
      }
    },
    Operation(
      .get, "/api/v2/conversations/{conversationId}",
      access: .token(anyOf: [PlatformPermission.viewConversation.rawValue]),
      doc: OperationDoc(
        "getConversation", "Shows a conversation with all who took part.", tag: "Conversations",
        success: [200: .named("Conversation")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("conversationId")
      return Work { model throws(Refusal) in
        guard let conversation = model.organization.conversations[id] else { throw .notFound }
        return Answer(status: 200, body: conversation.json)
      }
    },
    patch(
      "/api/v2/conversations/{conversationId}/participants/{participantId}", nil,
      "patchConversationParticipant"),
    patch(
      "/api/v2/conversations/calls/{conversationId}/participants/{participantId}", .voice,
      "patchConversationsCallParticipant"),
    patch(
      "/api/v2/conversations/emails/{conversationId}/participants/{participantId}", .email,
      "patchConversationsEmailParticipant"),
  ]

  private static func patch(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    let permissions: [PlatformPermission] = [
      .wrapUpParticipant, .recordCall, .disconnectCommunication,
    ]
    return Operation(
      .patch, path, access: .token(anyOf: permissions.map(\.rawValue)),
      doc: OperationDoc(
        id,
        "Answers, holds, mutes, ends or wraps up; takes a token of the participant's own user.",
        tag: "Conversations", body: .named("MediaParticipantRequest"), success: [204: nil],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let conversation = try call.id("conversationId")
      let participant = try call.id("participantId")
      let wishes = try ParticipantWish.read(BodyFields(call.json()))
      guard let user = call.caller?.user else {
        // A client that acts for itself isn't anybody's agent; the platform answers 400 as well
        // (developer blog, 2023-09-28, "Answer a call via API").
        throw .badRequest("this request requires a user context; client credentials have none")
      }
      return Work { model throws(Refusal) in
        guard let found = model.organization.conversations[conversation],
          medium == nil || found.medium == medium,
          let communication = found.communications.first(where: {
            $0.participantID == participant
          })
        else { throw .notFound }
        guard communication.user == user else {
          throw .missingPermissions("to act for a participant other than oneself")
        }
        for wish in wishes {
          guard let change = wish.change(of: communication) else { continue }
          try model.attempt { organization throws(Organization.Impossible) in
            try organization.change(
              communication.id, of: conversation, change,
              at: max(call.now, communication.changed))
          }
        }
        return Answer(status: 204)
      }
    }
  }
}

/// One thing that a request asks of a participant.
enum ParticipantWish: Equatable {
  case connected
  case disconnected
  case held(Bool)
  case muted(Bool)
  case wrapUp(Communication.WrapUp?)

  /// The wishes of a body, in the order in which they are granted.
  ///
  /// Of the states only `connected` and `disconnected` may be asked for (`MediaParticipantRequest`
  /// of the official client).
  static func read(_ fields: BodyFields) throws(Refusal) -> [ParticipantWish] {
    var wishes: [ParticipantWish] = []
    let states = ["connected", "disconnected"]
    switch try fields.choice("state", among: states, { states.contains($0) ? $0 : nil }) {
    case "connected": wishes.append(.connected)
    case "disconnected": wishes.append(.disconnected)
    default: break
    }
    if let held = try fields.bool("held") { wishes.append(.held(held)) }
    if let muted = try fields.bool("muted") { wishes.append(.muted(muted)) }
    if let wrapUp = try fields.object("wrapup") {
      let code = try wrapUp.required("code", wrapUp.string("code"))
      wishes.append(
        .wrapUp(
          .init(
            code: code, notes: try wrapUp.string("notes"), tags: try wrapUp.strings("tags") ?? [])))
    }
    if try fields.bool("wrapupSkipped") ?? false { wishes.append(.wrapUp(nil)) }
    for name in ["recording", "confined"] where try fields.bool(name) != nil {
      throw .badRequest("the sandbox can't grant [\(name)]")
    }
    if wishes.isEmpty {
      throw .badRequest("expected one of state, held, muted, wrapup, wrapupSkipped")
    }
    return wishes
  }

  /// What is to be done about it; nil if things stand so already.
  func change(of communication: Communication) -> CommunicationChange? {
    switch self {
    case .connected: communication.state == .connected ? nil : .answered
    // Who hangs up while it rings declines, and that is for the system to say.
    case .disconnected: communication.state == .disconnected ? nil : .ended(.own)
    case .held(let isHeld): (communication.heldSince != nil) == isHeld ? nil : .held(isHeld)
    case .muted(let isMuted): communication.isMuted == isMuted ? nil : .audio(isMuted: isMuted)
    case .wrapUp(let wrapUp): .wrappedUp(wrapUp)
    }
  }
}
