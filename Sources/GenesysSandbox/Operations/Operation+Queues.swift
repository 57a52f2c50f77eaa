import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Queues and who takes their calls.
extension Operation {
  static let queues: [Operation] = [
    Operation(
      .get, "/api/v2/routing/queues",
      access: .token(anyOf: [PlatformPermission.viewQueue.rawValue]),
      doc: OperationDoc(
        "getRoutingQueues", "Lists queues, in the order of their names.", tag: "Routing",
        query: paging + [
          .init(
            "sortOrder", .choice(SortOrder.words), doc: "The order of names; `ASC` without it."),
          .init("id", .string, doc: "Only these, by id, with commas between."),
          NameFilter.parameter,
        ], success: [200: .named("QueueEntityListing")])
    ) { call, _ throws(Refusal) in
      let query = try call.query()
      let page = try Page(query, largest: 500)
      let ids = try query["id"].isEmpty ? nil : ids(in: query["id"])
      let filter = NameFilter(query)
      let isDescending = try SortOrder.isDescending(query)
      return Work { model throws(Refusal) in
        var all = model.organization.catalog.queues.values
          .filter { queue in filter.holds(for: queue.name) && ids?.contains(queue.id) ?? true }
          .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
        if isDescending { all.reverse() }
        return Answer(
          status: 200,
          body: page.listing(
            page.slice(all).map(\.json), total: all.count, path: "/api/v2/routing/queues"))
      }
    },
    Operation(
      .post, "/api/v2/routing/queues",
      access: .token(anyOf: [PlatformPermission.addQueue.rawValue]),
      doc: OperationDoc(
        "postRoutingQueues", "Adds a queue, without members.", tag: "Routing",
        body: .named("CreateQueueRequest"), success: [200: .named("Queue")], refusals: [409])
    ) { call, _ throws(Refusal) in
      let wish = try QueueWish(BodyFields(call.json()))
      return Work { model throws(Refusal) in
        let catalog = model.organization.catalog
        if catalog.queues.values.contains(where: { $0.name == wish.name }) {
          throw .conflict("there is a queue of the name [\(wish.name.shortened(to: 64))] already")
        }
        let queue = wish.queue(model.organization.makeID(), at: call.now)
        model.organization.catalog.queues[queue.id] = queue
        return Answer(status: 200, body: queue.json)
      }
    },
    Operation(
      .get, "/api/v2/routing/queues/me",
      doc: OperationDoc(
        "getRoutingQueuesMe", "Lists the queues that the user is a member of.", tag: "Routing",
        query: paging + [joined], success: [200: .named("QueueEntityListing")])
    ) { call, _ throws(Refusal) in
      try userQueues(of: call.user(), call, path: "/api/v2/routing/queues/me")
    },
    Operation(
      .get, "/api/v2/routing/queues/{queueId}",
      access: .token(anyOf: [PlatformPermission.viewQueue.rawValue]),
      doc: OperationDoc(
        "getRoutingQueue", "Shows a queue.", tag: "Routing", success: [200: .named("Queue")],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("queueId")
      return Work { model throws(Refusal) in
        guard let queue = model.organization.catalog.queues[id] else { throw .notFound }
        return Answer(status: 200, body: queue.json)
      }
    },
    Operation(
      .get, "/api/v2/routing/queues/{queueId}/members",
      access: .token(anyOf: [PlatformPermission.viewQueue.rawValue]),
      doc: OperationDoc(
        "getRoutingQueueMembers", "Lists a queue's members, in the order of their names.",
        tag: "Routing",
        query: paging + [
          .init(
            "sortOrder", .choice(SortOrder.words), doc: "The order of names; `ASC` without it."),
          .init(
            "routingStatus", .string,
            doc: "Only those of these routing statuses, with commas between."),
          .init("skills", .string, doc: "Only those with these skills, by name."),
          joined, NameFilter.parameter, expand,
        ], success: [200: .named("QueueMemberEntityListing")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("queueId")
      let query = try call.query()
      let page = try Page(query, largest: 100)
      let names = try expansions(query)
      let filter = try MemberFilter(query)
      let isDescending = try SortOrder.isDescending(query)
      return Work { model throws(Refusal) in
        let organization = model.organization
        guard let queue = organization.catalog.queues[id] else { throw .notFound }
        var all = queue.members.keys.compactMap { organization.agents[$0] }
          .filter { filter.holds(for: $0, in: queue, organization.catalog) }
          .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
        if isDescending { all.reverse() }
        let entities = page.slice(all).map {
          queue.memberJSON($0, expanding: names, in: organization.catalog)
        }
        return Answer(
          status: 200,
          body: page.openListing(
            entities, total: all.count, path: "/api/v2/routing/queues/\(id)/members"))
      }
    },
    Operation(
      .post, "/api/v2/routing/queues/{queueId}/members",
      access: .token(anyOf: [PlatformPermission.manageQueueMembers.rawValue]),
      doc: OperationDoc(
        "postRoutingQueueMembers", "Adds up to 100 users to a queue, or takes them away.",
        tag: "Routing",
        query: [.init("delete", .boolean, doc: "Whether they are taken away.")],
        body: .list(.object([.always("id", .uuid)]), minimum: 1, maximum: 100),
        success: [204: nil], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("queueId")
      let isRemoval = try call.query().flag("delete")
      guard let elements = try call.json().array, (1...100).contains(elements.count) else {
        throw .badRequest("expected an array of 1 to 100 users")
      }
      var users: [UUIDBits] = []
      for (index, element) in elements.enumerated() {
        let fields = try BodyFields(element, at: "[\(index)]")
        users.append(try fields.required("id", fields.uuid("id")))
      }
      return Work { model throws(Refusal) in
        for user in users where model.organization.agents[user] == nil { throw .notFound }
        try model.attempt { organization throws(Organization.Impossible) in
          for user in users {
            let known = organization.catalog.queues[id]?.members[user] ?? Queue.Member()
            try organization.set(
              member: user, of: id, to: isRemoval ? nil : known, at: call.now)
          }
        }
        return Answer(status: 204)
      }
    },
    Operation(
      .patch, "/api/v2/routing/queues/{queueId}/members/{memberId}",
      access: .token(anyOf: [PlatformPermission.manageQueueMembers.rawValue]),
      doc: OperationDoc(
        "patchRoutingQueueMember",
        "Says whether a member takes calls, and how early they are rung.",
        tag: "Routing", body: .named("QueueMemberRequest"), success: [204: nil], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("queueId")
      let user = try call.id("memberId")
      let body = try BodyFields(call.json())
      let isJoined = try body.bool("joined")
      let ringNumber = try body.integer("ringNumber", 1...6)
      return Work { model throws(Refusal) in
        guard var member = model.organization.catalog.queues[id]?.members[user] else {
          throw .notFound
        }
        if let isJoined { member.isJoined = isJoined }
        if let ringNumber { member.ringNumber = ringNumber }
        let changed = member
        try model.attempt { organization throws(Organization.Impossible) in
          try organization.set(member: user, of: id, to: changed, at: call.now)
        }
        return Answer(status: 204)
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}/queues",
      doc: OperationDoc(
        "getUserQueues", "Lists the queues that a user is a member of.", tag: "Routing",
        query: paging + [joined], success: [200: .named("QueueEntityListing")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let user = try call.id("userId")
      return try userQueues(of: user, call, path: "/api/v2/users/\(user)/queues")
    },
    Operation(
      .patch, "/api/v2/users/{userId}/queues/{queueId}",
      access: .token(anyOf: [
        PlatformPermission.joinQueue.rawValue, PlatformPermission.manageQueueMembers.rawValue,
      ]),
      doc: OperationDoc(
        "patchUserQueue", "Lets a member take a queue's calls, or no longer.", tag: "Routing",
        body: .object([.always("joined", .boolean)]), success: [200: .named("Queue")],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let user = try call.id("userId")
      let id = try call.id("queueId")
      let body = try BodyFields(call.json())
      let isJoined = try body.required("joined", body.bool("joined"))
      return Work { model throws(Refusal) in
        guard var member = model.organization.catalog.queues[id]?.members[user] else {
          throw .notFound
        }
        member.isJoined = isJoined
        let changed = member
        try model.attempt { organization throws(Organization.Impossible) in
          try organization.set(member: user, of: id, to: changed, at: call.now)
        }
        return Answer(
          status: 200, body: model.organization.catalog.queues[id]?.json(for: user) ?? .null)
      }
    },
  ]

  static let paging: [OperationDoc.Parameter] = [
    .init("pageSize", .integer(1...100), doc: "How many a page holds."),
    .init("pageNumber", .integer(1...1_000_000), doc: "The page, from 1."),
  ]

  private static let joined = OperationDoc.Parameter(
    "joined", .boolean, doc: "Only members who take calls at present, or only those who don't.")

  private static func userQueues(
    of user: UUIDBits, _ call: Call, path: String
  ) throws(Refusal) -> Work {
    let query = try call.query()
    let page = try Page(query, largest: 500)
    let isJoined = try query.optionalFlag("joined")
    return Work { model throws(Refusal) in
      guard model.organization.agents[user] != nil else { throw .notFound }
      let all = model.organization.catalog.queues.values
        .filter { queue in
          queue.members[user].map { isJoined == nil || $0.isJoined == isJoined } ?? false
        }
        .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
      return Answer(
        status: 200,
        body: page.listing(page.slice(all).map { $0.json(for: user) }, total: all.count, path: path)
      )
    }
  }
}

/// The queue that a request asks for.
private struct QueueWish {
  let name: String
  private let description: String?
  private let prompt: AfterCallWorkPrompt?
  private let afterCallWorkTime: Duration?
  private let alertingTime: Duration?

  init(_ fields: BodyFields) throws(Refusal) {
    name = try fields.required("name", fields.string("name"))
    guard !name.isEmpty, name.utf8.count <= 256 else {
      throw .invalidField("name", "expected 1 to 256 bytes")
    }
    description = try fields.string("description")
    let settings = try fields.object("acwSettings")
    prompt = try settings?.choice(
      "wrapupPrompt", among: AfterCallWorkPrompt.allCases.map(\.queueName)
    ) { AfterCallWorkPrompt(queueName: $0) }
    afterCallWorkTime = try settings?.integer("timeoutMs", 1_000...900_000).map {
      .milliseconds($0)
    }
    alertingTime = try fields.object("mediaSettings")?.object("call")?
      .integer("alertingTimeoutSeconds", 1...3_600).map { .seconds($0) }
  }

  func queue(_ id: UUIDBits, at now: Timestamp) -> Queue {
    var queue = Queue(id: id, name: name, description: description, created: now, modified: now)
    if let prompt { queue.afterCallWork = prompt }
    if let afterCallWorkTime { queue.afterCallWorkTime = afterCallWorkTime }
    if let alertingTime { queue.alertingTime = alertingTime }
    return queue
  }
}

/// Which members of a queue a query asks for.
private struct MemberFilter {
  private let isJoined: Bool?
  private let statuses: [RoutingStatus]
  private let skills: [String]
  private let name: NameFilter

  init(_ query: FormFields) throws(Refusal) {
    isJoined = try query.optionalFlag("joined")
    let words = query["routingStatus"].flatMap { $0.split(separator: ",").map(String.init) }
    for word in words where RoutingStatus(rawValue: word) == nil {
      throw .invalidQuery(
        "routingStatus", word,
        allowed: RoutingStatus.allCases.map(\.rawValue).joined(separator: ", "))
    }
    statuses = words.compactMap { RoutingStatus(rawValue: $0) }
    skills = query["skills"].flatMap { $0.split(separator: ",").map(String.init) }
    name = NameFilter(query, meaning: .contains)
  }

  func holds(for agent: Agent, in queue: Queue, _ catalog: Catalog) -> Bool {
    (isJoined == nil || queue.members[agent.id]?.isJoined == isJoined)
      && (statuses.isEmpty || statuses.contains(agent.status.value)) && name.holds(for: agent.name)
      && skills.allSatisfy { text in
        agent.skills.contains { id in
          id.description == text.lowercased()
            || catalog.skills[id]?.name.lowercased().contains(text.lowercased()) ?? false
        }
      }
  }
}
