import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What agents do with their own part of a conversation.
extension Operation {
  static let participants: [Operation] =
    participants(nil)
    + [Conversation.Medium.voice, .email, .callback, .message].flatMap { participants($0) }
    + [replaceTyped(.user), replaceTyped(.queue)]

  /// Operations on a participant, below the path of a medium or of all.
  private static func participants(_ medium: Conversation.Medium?) -> [Operation] {
    let folder = medium.map { "/\($0.parts)" } ?? ""
    let path = "/api/v2/conversations\(folder)/{conversationId}/participants/{participantId}"
    let name = medium.map { "s\($0.title)" } ?? ""
    var operations = [
      patch(path, medium, "patchConversation\(name)Participant"),
      patchAttributes(
        "\(path)/attributes", medium, "patchConversation\(name)ParticipantAttributes"),
      readWrapUp("\(path)/wrapup", medium, "getConversation\(name)ParticipantWrapup"),
      readCodes("\(path)/wrapupcodes", medium, "getConversation\(name)ParticipantWrapupcodes"),
      replace("\(path)/replace", medium, "postConversation\(name)ParticipantReplace"),
    ]
    if medium != nil {
      let communication = "\(path)/communications/{communicationId}"
      operations += [
        readWrapUp(
          "\(communication)/wrapup", medium,
          "getConversation\(name)ParticipantCommunicationWrapup"),
        wrapUp(
          "\(communication)/wrapup", medium,
          "postConversation\(name)ParticipantCommunicationWrapup"),
      ]
    }
    return operations
  }

  private static let permissions: [PlatformPermission] = [
    .wrapUpParticipant, .recordCall, .disconnectCommunication,
  ]

  // MARK: The part

  private static func patch(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .patch, path, access: .token(anyOf: permissions.map(\.rawValue)),
      doc: OperationDoc(
        id,
        "Answers, holds, mutes, ends or wraps up; takes a token of the participant's own user.",
        tag: "Conversations", body: .named("MediaParticipantRequest"), success: [204: nil],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let place = try PartPlace(call, medium)
      let wishes = try ParticipantWish.read(BodyFields(call.json()))
      let user = try call.user()
      return Work { model throws(Refusal) in
        let communication = try place.find(in: model.organization, for: user)
        try place.tryOut(wishes, on: communication, at: call.now)
        for wish in wishes {
          guard let change = wish.change(of: communication) else { continue }
          let time = max(call.now, communication.changed)
          try model.attempt { organization throws(Organization.Impossible) in
            if case .ended(let type) = change {
              try organization.hangUp(communication.id, of: place.conversation, type, at: time)
            } else {
              try organization.change(communication.id, of: place.conversation, change, at: time)
            }
          }
        }
        return Answer(status: 204)
      }
    }
  }

  private static func patchAttributes(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .patch, path,
      doc: OperationDoc(
        id, "Sets attributes of a participant, which screens show.", tag: "Conversations",
        body: .object([.always("attributes", .texts)]),
        success: medium == nil ? [204: nil] : [200: .object([.always("attributes", .texts)])],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let place = try PartPlace(call, medium)
      let body = try BodyFields(call.json())
      let attributes = try body.required("attributes", body.object("attributes")).texts()
      return Work { model throws(Refusal) in
        let communication = try place.find(in: model.organization)
        try model.attempt { organization throws(Organization.Impossible) in
          try organization.change(
            communication.id, of: place.conversation, .described(attributes),
            at: max(call.now, communication.changed))
        }
        if medium == nil { return Answer(status: 204) }
        let changed = try place.find(in: model.organization)
        return Answer(status: 200, body: ["attributes": changed.attributesJSON])
      }
    }
  }

  // MARK: After-call work

  private static func readWrapUp(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .get, path,
      doc: OperationDoc(
        id, "Shows what a participant's part was wrapped up with.", tag: "Conversations",
        success: [200: .named("AssignedWrapupCode")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let place = try PartPlace(call, medium)
      return Work { model throws(Refusal) in
        let communication = try place.find(in: model.organization)
        guard case .complete(let wrapUp, let start, let end) = communication.afterCallWork else {
          throw .notFound
        }
        var members = JSONMembers()
        members.add("code", text: wrapUp.code)
        members.add("notes", text: wrapUp.notes)
        if !wrapUp.tags.isEmpty { members.add("tags", .array(wrapUp.tags.map { .string($0) })) }
        members.add("durationSeconds", .integer(Int(end.since(start).components.seconds)))
        members.add("endTime", time: end)
        return Answer(status: 200, body: members.json)
      }
    }
  }

  private static func readCodes(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .get, path,
      doc: OperationDoc(
        id, "Lists what a participant's part can be wrapped up with: the codes of its queue.",
        tag: "Conversations", success: [200: .list(.named("WrapupCode"))], refusals: [404])
    ) { call, _ throws(Refusal) in
      let place = try PartPlace(call, medium)
      return Work { model throws(Refusal) in
        let communication = try place.find(in: model.organization)
        let catalog = model.organization.catalog
        let queue = communication.queue.flatMap { catalog.queues[$0] }
        let codes = (queue?.wrapUpCodes ?? []).compactMap { catalog.wrapUpCodes[$0] }
        return Answer(status: 200, body: .array(codes.map(\.wrapUpCodeJSON)))
      }
    }
  }

  private static func wrapUp(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .post, path, access: .token(anyOf: [PlatformPermission.wrapUpParticipant.rawValue]),
      doc: OperationDoc(
        id, "Wraps up a participant's part; takes a token of the participant's own user.",
        tag: "Conversations", body: .named("WrapupInput"), success: [204: nil],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let place = try PartPlace(call, medium)
      let wrapUp = try Communication.WrapUp(BodyFields(call.json()))
      let user = try call.user()
      return Work { model throws(Refusal) in
        let communication = try place.find(in: model.organization, for: user)
        try model.attempt { organization throws(Organization.Impossible) in
          try organization.change(
            communication.id, of: place.conversation, .wrappedUp(wrapUp),
            at: max(call.now, communication.changed))
        }
        return Answer(status: 204)
      }
    }
  }

  // MARK: Handing over

  private static func replace(
    _ path: String, _ medium: Conversation.Medium?, _ id: String
  ) -> Operation {
    Operation(
      .post, path, access: .token(anyOf: [PlatformPermission.transferBlindly.rawValue]),
      doc: OperationDoc(
        id,
        "Hands a participant's part over to a user or a queue: at once, or once they have answered "
          + "with `transferType` `Attended`.",
        tag: "Conversations", body: .named("TransferRequest"), success: [202: nil],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let body = try BodyFields(call.json())
      for name in ["address", "userName", "voicemail"] where body.has(name) {
        throw .badRequest("the sandbox can't transfer to [\(name)]; name a userId or a queueId")
      }
      _ = try body.bool("keepInternalMessageAlive")
      let destination: Organization.Destination
      switch (try body.uuid("userId"), try body.uuid("queueId")) {
      case (let user?, nil): destination = .user(user)
      case (nil, let queue?): destination = .queue(queue)
      default: throw .badRequest("expected either a userId or a queueId")
      }
      return try handOver(call, medium, to: destination, body)
    }
  }

  /// The newer paths, one for each kind of destination.
  private static func replaceTyped(_ kind: DestinationKind) -> Operation {
    let path = "/api/v2/conversations/{conversationId}/participants/{participantId}/replace"
    return Operation(
      .post, "\(path)/\(kind.rawValue)",
      access: .token(anyOf: [
        PlatformPermission.transferBlindly.rawValue,
        kind == .user
          ? PlatformPermission.transferToAgent.rawValue
          : PlatformPermission.transferToQueue.rawValue,
      ]),
      doc: OperationDoc(
        "postConversationParticipantReplace\(kind == .user ? "Agent" : "Queue")",
        "Hands a participant's part over.", tag: "Conversations",
        body: .object([
          .always(kind.member, .uuid), .maybe("transferType", .choice(transferTypes)),
          .maybe("keepInternalMessageAlive", .boolean),
        ]),
        success: [202: nil], refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let body = try BodyFields(call.json())
      let id = try body.required(kind.member, body.uuid(kind.member))
      _ = try body.bool("keepInternalMessageAlive")
      return try handOver(call, nil, to: kind == .user ? .user(id) : .queue(id), body)
    }
  }

  private enum DestinationKind: String {
    case user = "agent"
    case queue

    var member: String { self == .user ? "userId" : "queueId" }
  }

  static let transferTypes = ["Attended", "Unattended"]

  private static func handOver(
    _ call: Call, _ medium: Conversation.Medium?, to destination: Organization.Destination,
    _ body: BodyFields
  ) throws(Refusal) -> Work {
    let place = try PartPlace(call, medium)
    let type = try body.choice("transferType", among: transferTypes) {
      transferTypes.contains($0) ? $0 : nil
    }
    let user = try call.user()
    return Work { model throws(Refusal) in
      let communication = try place.find(in: model.organization, for: user)
      try model.attempt { organization throws(Organization.Impossible) in
        try organization.handOver(
          communication.id, of: place.conversation, to: destination,
          isAttended: type == "Attended", at: call.now)
      }
      return Answer(status: 202)
    }
  }
}

/// Where a request says that a participant is.
private struct PartPlace {
  let conversation: UUIDBits
  private let participant: UUIDBits
  private let communication: UUIDBits?
  private let medium: Conversation.Medium?

  init(_ call: Call, _ medium: Conversation.Medium?) throws(Refusal) {
    conversation = try call.id("conversationId")
    participant = try call.id("participantId")
    communication =
      call.parameters["communicationId"] == nil ? nil : try call.id("communicationId")
    self.medium = medium
  }

  /// Makes sure that all of some wishes can be granted, so that none is if one can't.
  func tryOut(
    _ wishes: [ParticipantWish], on communication: Communication, at now: Timestamp
  ) throws(Refusal) {
    if wishes.count == 1 { return }
    var trial = communication
    for wish in wishes {
      guard let change = wish.change(of: trial) else { continue }
      do throws(Organization.Impossible) {
        try trial.apply(change, at: max(now, trial.changed))
      } catch {
        throw .conflict(error.message)
      }
    }
  }

  /// The participant's part.
  ///
  /// - Parameter user: whose it must be, if that matters.
  func find(
    in organization: Organization, for user: UUIDBits? = nil
  ) throws(Refusal) -> Communication {
    guard let found = organization.conversations[conversation],
      medium == nil || found.medium == medium,
      let part = found.communications.first(where: { $0.participantID == participant }),
      communication == nil || part.id == communication
    else { throw .notFound }
    if let user, part.user != user {
      throw .missingPermissions("to act for a participant other than oneself")
    }
    return part
  }
}
