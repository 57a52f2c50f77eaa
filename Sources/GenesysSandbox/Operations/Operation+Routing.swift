import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What calls are wrapped up with, and what agents know.
extension Operation {
  static let routing: [Operation] = [
    Operation(
      .get, "/api/v2/routing/wrapupcodes",
      access: .token(anyOf: [PlatformPermission.viewWrapUpCode.rawValue]),
      doc: OperationDoc(
        "getRoutingWrapupcodes", "Lists wrap-up codes, in the order of their names.",
        tag: "Routing",
        query: paging + [
          .init(
            "sortOrder", .choice(SortOrder.words), doc: "The order of names; `ASC` without it."),
          .init("id", .string, doc: "Only these, by id, with commas between."),
          NameFilter.parameter,
        ], success: [200: .named("WrapupCodeEntityListing")])
    ) { call, _ throws(Refusal) in
      try list(call, path: "/api/v2/routing/wrapupcodes") { model in
        (Array(model.organization.catalog.wrapUpCodes.values), \.wrapUpCodeJSON)
      }
    },
    Operation(
      .get, "/api/v2/routing/wrapupcodes/{codeId}",
      access: .token(anyOf: [PlatformPermission.viewWrapUpCode.rawValue]),
      doc: OperationDoc(
        "getRoutingWrapupcode", "Shows a wrap-up code.", tag: "Routing",
        success: [200: .named("WrapupCode")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("codeId")
      return Work { model throws(Refusal) in
        guard let code = model.organization.catalog.wrapUpCodes[id] else { throw .notFound }
        return Answer(status: 200, body: code.wrapUpCodeJSON)
      }
    },
    Operation(
      .get, "/api/v2/routing/queues/{queueId}/wrapupcodes",
      access: .token(anyOf: [PlatformPermission.viewQueue.rawValue]),
      doc: OperationDoc(
        "getRoutingQueueWrapupcodes", "Lists what a queue's calls are wrapped up with.",
        tag: "Routing", query: paging + [NameFilter.parameter],
        success: [200: .named("WrapupCodeEntityListing")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("queueId")
      return try list(call, path: "/api/v2/routing/queues/\(id)/wrapupcodes") {
        model throws(Refusal) in
        guard let queue = model.organization.catalog.queues[id] else { throw .notFound }
        let codes = model.organization.catalog.wrapUpCodes
        return (queue.wrapUpCodes.compactMap { codes[$0] }, \.wrapUpCodeJSON)
      }
    },
    Operation(
      .get, "/api/v2/routing/skills",
      doc: OperationDoc(
        "getRoutingSkills", "Lists skills, in the order of their names.", tag: "Routing",
        query: paging + [
          .init("id", .string, doc: "Only these, by id, with commas between."),
          NameFilter.parameter,
        ], success: [200: .named("SkillEntityListing")])
    ) { call, _ throws(Refusal) in
      try list(call, path: "/api/v2/routing/skills", meaning: .begins) { model in
        (Array(model.organization.catalog.skills.values), \.skillJSON)
      }
    },
    Operation(
      .get, "/api/v2/routing/skills/{skillId}",
      doc: OperationDoc(
        "getRoutingSkill", "Shows a skill.", tag: "Routing", success: [200: .named("RoutingSkill")],
        refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("skillId")
      return Work { model throws(Refusal) in
        guard let skill = model.organization.catalog.skills[id] else { throw .notFound }
        return Answer(status: 200, body: skill.skillJSON)
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}/routingskills",
      doc: OperationDoc(
        "getUserRoutingskills", "Lists the skills that a user has.", tag: "Routing",
        query: paging + [
          .init("sortOrder", .choice(SortOrder.words), doc: "The order of names; `ASC` without it.")
        ], success: [200: .named("UserSkillEntityListing")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let user = try call.id("userId")
      let query = try call.query()
      let page = try Page(query, largest: 500)
      let isDescending = try SortOrder.isDescending(query)
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[user] else { throw .notFound }
        var all = agent.skillsJSON(in: model.organization.catalog)
        if isDescending { all.reverse() }
        return Answer(
          status: 200,
          body: page.listing(
            Array(page.slice(all)), total: all.count, path: "/api/v2/users/\(user)/routingskills"))
      }
    },
  ]

  /// Lists things of a name, in its order.
  private static func list(
    _ call: Call, path: String, meaning: NameFilter.Meaning = .exactly,
    _ read:
      @escaping (SandboxModel) throws(Refusal) -> (
        all: [Catalog.Named], json: (Catalog.Named) -> JSONValue
      )
  ) throws(Refusal) -> Work {
    let query = try call.query()
    let page = try Page(query, largest: 500)
    let ids = try query["id"].isEmpty ? nil : ids(in: query["id"])
    let filter = NameFilter(query, meaning: meaning)
    let isDescending = try SortOrder.isDescending(query)
    return Work { model throws(Refusal) in
      let (found, json) = try read(model)
      var all = found.filter { filter.holds(for: $0.name) && ids?.contains($0.id) ?? true }
        .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
      if isDescending { all.reverse() }
      return Answer(
        status: 200, body: page.listing(page.slice(all).map(json), total: all.count, path: path))
    }
  }
}
