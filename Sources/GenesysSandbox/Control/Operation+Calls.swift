import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Customers, as a test plays them.
extension Operation {
  static let calls: [Operation] = [
    control(
      .post, "/sandbox/calls",
      OperationDoc(
        "postSandboxCalls",
        "Lets a customer call: it rings at a user, or waits in a queue for whoever is free there.",
        tag: "Sandbox", body: .group(CallWish.self, "CallWish"),
        success: [200: .named("PlacedCall")],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let wish = try call.group(CallWish.self)
      return Work { model throws(Refusal) in
        let contact = try wish.contact(in: model.organization)
        var id: UUIDBits?
        try model.attempt { organization throws(Organization.Impossible) in
          id = try organization.begin(contact, at: call.now)
        }
        guard let conversation = id.flatMap({ model.organization.conversations[$0] }) else {
          throw .notFound
        }
        return Answer(status: 200, body: conversation.placedJSON)
      }
    },
    control(
      .get, "/sandbox/calls/{conversationId}",
      OperationDoc(
        "getSandboxCall", "Shows the ids of everybody's latest part, and how it stands.",
        tag: "Sandbox", success: [200: .named("PlacedCall")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("conversationId")
      return Work { model throws(Refusal) in
        guard let conversation = model.organization.conversations[id] else {
          throw .missing("there is no conversation [\(id)]")
        }
        return Answer(status: 200, body: conversation.placedJSON)
      }
    },
    onCall(
      "answer", "postSandboxCallAnswer", "Has the agent at whom it rings answer."
    ) { organization, conversation, time throws(Organization.Impossible) in
      let ringing = try conversation.ringing()
      try organization.change(
        ringing.id, of: conversation.id, .answered, at: max(time, ringing.changed))
    },
    onCall(
      "hangup", "postSandboxCallHangup", "Has the customer hang up, which ends everybody's part."
    ) { organization, conversation, time throws(Organization.Impossible) in
      try organization.hangUp(conversation.customer().id, of: conversation.id, .endpoint, at: time)
    },
    onCall(
      "noanswer", "postSandboxCallNoanswer",
      "Has it rung long enough: its agent doesn't respond, and it goes to another or waits."
    ) { organization, conversation, time throws(Organization.Impossible) in
      try organization.hangUp(conversation.ringing().id, of: conversation.id, .system, at: time)
    },
    onCall(
      "abandon", "postSandboxCallAbandon", "Has the customer hang up before anybody has answered."
    ) { organization, conversation, time throws(Organization.Impossible) in
      if conversation.communications.contains(where: { $0.purpose == .agent && $0.connected != nil }
      ) {
        throw .init("somebody has answered; use hangup")
      }
      try organization.hangUp(conversation.customer().id, of: conversation.id, .endpoint, at: time)
    },
  ]

  private static func onCall(
    _ what: String, _ id: String, _ summary: String,
    _ body:
      @escaping @Sendable (inout Organization, Conversation, Timestamp) throws(Organization
      .Impossible)
      -> Void
  ) -> Operation {
    control(
      .post, "/sandbox/calls/{conversationId}/\(what)",
      OperationDoc(
        id, summary, tag: "Sandbox", body: .any, isBodyOptional: true,
        success: [200: .named("PlacedCall")], refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let id = try call.id("conversationId")
      let json = try call.optionalJSON()
      guard json == .null || json.object?.isEmpty ?? false else {
        throw .badRequest("expected no body, found \(json.kind)")
      }
      return Work { model throws(Refusal) in
        guard let conversation = model.organization.conversations[id] else {
          throw .missing("there is no conversation [\(id)]")
        }
        try model.attempt { organization throws(Organization.Impossible) in
          try body(&organization, conversation, call.now)
        }
        return Answer(
          status: 200, body: model.organization.conversations[id]?.placedJSON ?? .null)
      }
    }
  }
}

/// The call that a test asks for.
private struct CallWish: OptionGroup {
  /// What it is.
  enum Medium: String, OptionChoice {
    case voice
    case callback
    case chat
    case email
    case message
  }

  private let user: UUIDBits?
  private let queue: String?
  private let from: String
  private let to: String?
  private let name: String?
  private let skills: [String]
  private let attributes: [String: String]
  private let media: Medium

  init(from options: inout OptionReader) {
    user = options.id("user", doc: "The id of the user at whom it rings.")
    queue = options.optional(
      "queue", .nonEmpty, doc: "The id or the name of the queue that it comes through.")
    from = options.value(
      "from", default: "tel:+4930901820", .nonEmpty, doc: "The address of who calls (`ani`).")
    to = options.optional("to", .nonEmpty, doc: "The address that is called (`dnis`).")
    name = options.optional("name", .nonEmpty, doc: "The name of who calls.")
    skills = options.value(
      "skills", default: [], doc: "The ids or the names of the skills that its agent needs.")
    attributes = options.value(
      "attributes", default: [:], doc: "Attributes of the customer's participant, for screens.")
    media = options.value("media", default: .voice, doc: "What it is, if it isn't a call.")
    options.check(
      user != nil || queue != nil, at: "user", "or \"queue\" is needed: somebody has to be called")
  }

  func contact(in organization: Organization) throws(Refusal) -> Organization.Contact {
    var contact = Organization.Contact(
      medium: Conversation.Medium(rawValue: media.rawValue) ?? .voice)
    contact.user = user
    if let queue {
      guard let found = organization.catalog.queue(queue) else {
        throw .badRequest("there is no queue [\(queue.shortened(to: 64))]")
      }
      contact.queue = found.id
    }
    for skill in skills {
      guard let found = organization.catalog.skill(skill) else {
        throw .badRequest("there is no skill [\(skill.shortened(to: 64))]")
      }
      contact.skills.append(found.id)
    }
    contact.from = from
    contact.to = to
    contact.name = name
    contact.attributes = attributes
    if media == .callback { contact.callback = .init(numbers: [from], userName: name) }
    return contact
  }
}

extension Conversation {
  fileprivate func customer() throws(Organization.Impossible) -> Communication {
    guard let part = communications.first(where: { $0.purpose == .customer && !$0.isOver }) else {
      throw .init("the customer isn't there any more")
    }
    return part
  }

  fileprivate func ringing() throws(Organization.Impossible) -> Communication {
    guard let part = communications.last(where: { $0.purpose == .agent && $0.state == .alerting })
    else { throw .init("it rings at nobody") }
    return part
  }

  /// The ids that a test needs of a call that it placed: of everybody's latest part.
  fileprivate var placedJSON: JSONValue {
    var members = JSONMembers()
    members.add("conversationId", id: id)
    for purpose in [Communication.Purpose.customer, .acd, .agent] {
      guard let part = communications.last(where: { $0.purpose == purpose }) else { continue }
      var ids = JSONMembers()
      ids.add("participantId", id: part.participantID)
      ids.add("communicationId", id: part.id)
      ids.add("userId", id: part.user)
      ids.add("queueId", id: part.queue)
      ids.add("state", text: part.state.rawValue)
      members.add(purpose.rawValue, ids.json)
    }
    return members.json
  }
}
