import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Conversations, of all media and of one.
extension Operation {
  static let conversations: [Operation] =
    [
      Operation(
        .get, "/api/v2/conversations",
        doc: OperationDoc(
          "getConversations", "Lists the conversations that the user takes part in now.",
          tag: "Conversations",
          query: [
            .init(
              "communicationType", .choice(Conversation.Medium.allCases.map(\.title)),
              doc: "Only those of this medium.")
          ],
          success: [200: .named("ConversationEntityListing")])
      ) { call, _ throws(Refusal) in
        let user = try call.user()
        let words = Conversation.Medium.allCases.flatMap { [$0.word, $0.title] }
        let type = try call.query().choice("communicationType", among: words)?.lowercased()
        return Work { model throws(Refusal) in
          let all = model.organization.conversations(of: user)
            .filter { type == nil || $0.medium.word == type }
          let page = Page(size: max(25, all.count), number: 1)
          return Answer(
            status: 200,
            body: page.listing(
              all.map { $0.json() }, total: all.count, path: "/api/v2/conversations"))
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
          return Answer(status: 200, body: conversation.json())
        }
      },
      Operation(
        .post, "/api/v2/conversations/{conversationId}/disconnect",
        access: .token(anyOf: [PlatformPermission.disconnectCommunication.rawValue]),
        doc: OperationDoc(
          "postConversationDisconnect", "Ends everybody's part in a conversation.",
          tag: "Conversations", body: .any, isBodyOptional: true, success: [202: .string],
          refusals: [404, 409])
      ) { call, _ throws(Refusal) in
        let id = try call.id("conversationId")
        return Work { model throws(Refusal) in
          try model.attempt { organization throws(Organization.Impossible) in
            try organization.end(id, .system, at: call.now)
          }
          return Answer(status: 202, body: "")
        }
      },
      createCallback,
    ] + Conversation.Medium.allCases.filter { $0 != .chat }.flatMap(ofMedium)

  /// What there is of one medium; chats have no paths of their own any more in the official client.
  private static func ofMedium(_ medium: Conversation.Medium) -> [Operation] {
    let path = "/api/v2/conversations/\(medium.parts)"
    let name = medium.title
    return [
      Operation(
        .get, path,
        doc: OperationDoc(
          "getConversations\(name)s", "Lists the \(medium.parts) that the user takes part in now.",
          tag: "Conversations", success: [200: .named("\(name)ConversationEntityListing")])
      ) { call, _ throws(Refusal) in
        let user = try call.user()
        return Work { model throws(Refusal) in
          let all = model.organization.conversations(of: user).filter { $0.medium == medium }
          let page = Page(size: max(25, all.count), number: 1)
          return Answer(
            status: 200,
            body: page.listing(all.map { $0.mediumJSON(.read) }, total: all.count, path: path))
        }
      },
      Operation(
        .get, "\(path)/{conversationId}",
        doc: OperationDoc(
          "getConversations\(name)", "Shows a conversation of this medium.", tag: "Conversations",
          success: [200: .named("\(name)Conversation")], refusals: [404])
      ) { call, _ throws(Refusal) in
        let id = try call.id("conversationId")
        return Work { model throws(Refusal) in
          guard let conversation = model.organization.conversations[id],
            conversation.medium == medium
          else { throw .notFound }
          return Answer(status: 200, body: conversation.mediumJSON(.read))
        }
      },
      Operation(
        .patch, "\(path)/{conversationId}",
        access: .token(anyOf: [PlatformPermission.disconnectCommunication.rawValue]),
        doc: OperationDoc(
          "patchConversations\(name)", "Ends everybody's part in a conversation.",
          tag: "Conversations", body: .object([.always("state", .choice(["disconnected"]))]),
          success: [200: .named("Conversation")], refusals: [404, 409])
      ) { call, _ throws(Refusal) in
        let id = try call.id("conversationId")
        let body = try BodyFields(call.json())
        _ = try body.required(
          "state",
          body.choice("state", among: ["disconnected"]) { $0 == "disconnected" ? $0 : nil })
        return Work { model throws(Refusal) in
          guard model.organization.conversations[id]?.medium == medium else { throw .notFound }
          try model.attempt { organization throws(Organization.Impossible) in
            try organization.end(id, .system, at: call.now)
          }
          return Answer(
            status: 200, body: model.organization.conversations[id]?.json() ?? .null)
        }
      },
    ]
  }

  private static let createCallback = Operation(
    .post, "/api/v2/conversations/callbacks",
    access: .token(anyOf: [PlatformPermission.createCallback.rawValue]),
    doc: OperationDoc(
      "postConversationsCallbacks", "Has a customer called back by an agent of a queue.",
      tag: "Conversations", body: .named("CreateCallbackCommand"),
      success: [200: .named("CreateCallbackResponse")])
  ) { call, _ throws(Refusal) in
    let contact = try Organization.Contact(callback: BodyFields(call.json()))
    return Work { model throws(Refusal) in
      guard let queue = contact.queue, model.organization.catalog.queues[queue] != nil else {
        throw .badRequest("there is no such queue")
      }
      for skill in contact.skills where model.organization.catalog.skills[skill] == nil {
        throw .badRequest("there is no skill [\(skill)]")
      }
      var id: UUIDBits?
      try model.attempt { organization throws(Organization.Impossible) in
        id = try organization.begin(contact, at: call.now)
      }
      guard let id, let conversation = model.organization.conversations[id] else { throw .notFound }
      func identifier(_ type: String, _ purpose: Communication.Purpose) -> JSONValue {
        let part = conversation.communications.first { $0.purpose == purpose }
        return ["type": .string(type), "id": .string(part?.id.description ?? "")]
      }
      return Answer(
        status: 200,
        body: [
          "conversation": [
            "id": .string(id.description), "selfUri": .string("/api/v2/conversations/\(id)"),
          ],
          "callbackIdentifiers": [identifier("EXTERNAL", .customer), identifier("ACD", .acd)],
        ])
    }
  }
}

extension Organization {
  /// The conversations that a user takes part in now, in the order in which they joined.
  fileprivate func conversations(of user: UUIDBits) -> [Conversation] {
    (agents[user]?.legs ?? []).compactMap { conversations[$0.conversation] }
  }
}

extension Organization.Contact {
  /// `CreateCallbackCommand`.
  fileprivate init(callback fields: BodyFields) throws(Refusal) {
    let routing = try fields.object("routingData")
    self.init(medium: .callback)
    let queues = try [routing?.uuid("queueId"), fields.uuid("queueId")]
    queue = try fields.required("routingData.queueId", queues.lazy.compactMap { $0 }.first)
    for (index, text) in try (routing?.strings("skillIds") ?? []).enumerated() {
      guard let id = UUIDBits(anyCase: text) else {
        throw .invalidField("routingData.skillIds[\(index)]", "expected a UUID")
      }
      skills.append(id)
    }
    let numbers = try fields.required("callbackNumbers", fields.strings("callbackNumbers"))
    name = try fields.string("callbackUserName")
    callback = .init(
      numbers: numbers, userName: name, scheduled: try fields.time("callbackScheduledTime"))
    from = numbers.first.map { "tel:\($0)" }
    to = try fields.string("callerId")
    for name in ["callerIdName", "scriptId", "countryCode"] { _ = try fields.string(name) }
    _ = try fields.bool("validateCallbackNumbers")
    attributes = try fields.object("data")?.texts() ?? [:]
  }
}
