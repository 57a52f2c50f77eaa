import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Presences: what there are, and who is in which.
extension Operation {
  static let presence: [Operation] =
    [
      Operation(
        .get, "/api/v2/systempresences",
        doc: OperationDoc(
          "getSystempresences", "Lists the system's presences.", tag: "Presence",
          success: [200: .list(.named("SystemPresence"))])
      ) { _, _ throws(Refusal) in
        fixed(
          .array(
            SystemPresence.allCases.map {
              [
                "id": .string($0.idText), "name": .string($0.rawValue),
                "selfUri": .string("/api/v2/systempresences/\($0.idText)"),
              ]
            }))
      },
      Operation(
        .get, "/api/v2/presence/definitions",
        doc: OperationDoc(
          "getPresenceDefinitions",
          "Lists presence definitions: the system's, then the organisation's own.", tag: "Presence",
          query: [
            .init(
              "deactivated", .choice(["false", "FALSE"]), doc: "None here is deactivated.")
          ],
          success: [200: .named("OrganizationPresenceDefinitionEntityListing")])
      ) { call, _ throws(Refusal) in
        _ = try call.query().choice("deactivated", among: ["false", "FALSE"])
        return Work { model throws(Refusal) in
          let all = model.organization.catalog.presences
          return Answer(
            status: 200,
            body: [
              "total": .integer(all.count), "entities": .array(all.map(\.definitionJSON)),
              "selfUri": "/api/v2/presence/definitions",
            ])
        }
      },
      Operation(
        .get, "/api/v2/presence/definitions/{definitionId}",
        doc: OperationDoc(
          "getPresenceDefinition", "Shows a presence definition.", tag: "Presence",
          success: [200: .named("OrganizationPresenceDefinition")], refusals: [404])
      ) { call, _ throws(Refusal) in
        let id = try call.id("definitionId")
        return Work { model throws(Refusal) in
          guard let presence = model.organization.catalog.presence(id) else { throw .notFound }
          return Answer(status: 200, body: presence.definitionJSON)
        }
      },
      Operation(
        .get, "/api/v2/presencedefinitions",
        doc: OperationDoc(
          "getPresencedefinitions", "Lists presence definitions, in the older form.",
          tag: "Presence",
          query: [
            .init("pageSize", .integer(1...500), doc: "How many a page holds."),
            .init("pageNumber", .integer(1...1_000_000), doc: "The page, from 1."),
          ], success: [200: .named("OrganizationPresenceEntityListing")])
      ) { call, _ throws(Refusal) in
        let page = try Page(call.query(), largest: 500)
        return Work { model throws(Refusal) in
          let all = model.organization.catalog.presences
          return Answer(
            status: 200,
            body: page.listing(
              page.slice(all).map(\.organizationPresenceJSON), total: all.count,
              path: "/api/v2/presencedefinitions"))
        }
      },
      Operation(
        .get, "/api/v2/presencedefinitions/{presenceId}",
        doc: OperationDoc(
          "getPresencedefinition", "Shows a presence definition, in the older form.",
          tag: "Presence", success: [200: .named("OrganizationPresence")], refusals: [404])
      ) { call, _ throws(Refusal) in
        let id = try call.id("presenceId")
        return Work { model throws(Refusal) in
          guard let presence = model.organization.catalog.presence(id) else { throw .notFound }
          return Answer(status: 200, body: presence.organizationPresenceJSON)
        }
      },
      Operation(
        .put, "/api/v2/users/presences/bulk",
        doc: OperationDoc(
          "putUsersPresencesBulk", "Sets the presences of many users.", tag: "Presence",
          body: .list(.named("MutableUserPresence"), minimum: 1, maximum: 500),
          success: [200: .list(.named("UserPresence"))], refusals: [404])
      ) { call, _ throws(Refusal) in
        guard let elements = try call.json().array, (1...500).contains(elements.count) else {
          throw .badRequest("expected an array of 1 to 500 presences")
        }
        var wishes: [(user: UUIDBits, PresenceWish)] = []
        for (index, element) in elements.enumerated() {
          let fields = try BodyFields(element, at: "[\(index)]")
          let user = try fields.required("id", fields.uuid("id"))
          wishes.append((user, try PresenceWish(fields)))
        }
        return Work { model throws(Refusal) in
          for (user, _) in wishes where !model.organization.isOpen {
            if model.organization.agents[user] == nil { throw .notFound }
          }
          var presences: [JSONValue] = []
          for (user, wish) in wishes {
            presences.append(try model.grant(wish, to: user, source: "purecloud", at: call.now))
          }
          return Answer(status: 200, body: .array(presences))
        }
      },
    ] + ofSource("purecloud", "Purecloud") + ofSource("{sourceId}", "")

  /// Presences by their source, which the official client has as a path of its own, and as a parameter.
  private static func ofSource(_ source: String, _ name: String) -> [Operation] {
    [
      Operation(
        .get, "/api/v2/users/presences/\(source)/bulk",
        doc: OperationDoc(
          "getUsersPresences\(name)Bulk", "Shows the presences of up to 50 users.", tag: "Presence",
          query: [.init("id", .string, doc: "The users' ids, with commas between; 50 at most.")],
          success: [200: .list(.named("UcUserPresence"))], refusals: [404])
      ) { call, _ throws(Refusal) in
        _ = try readSource(call)
        let ids = try ids(in: call.query()["id"])
        if ids.count > 50 { throw .badRequest("\(ids.count) ids are more than the 50 allowed") }
        return Work { model throws(Refusal) in
          Answer(
            status: 200,
            body: .array(ids.compactMap { model.organization.agents[$0]?.bulkPresenceJSON }))
        }
      },
      Operation(
        .get, "/api/v2/users/{userId}/presences/\(source)",
        doc: OperationDoc(
          "getUserPresences\(name)", "Shows a user's presence; the source is `purecloud`.",
          tag: "Presence", success: [200: .named("UserPresence")], refusals: [404])
      ) { call, _ throws(Refusal) in
        let id = try call.id("userId")
        let source = try readSource(call)
        return Work { model throws(Refusal) in
          guard let agent = model.organization.agents[id] else { throw .notFound }
          return Answer(status: 200, body: agent.presenceJSON(source: source))
        }
      },
      Operation(
        .patch, "/api/v2/users/{userId}/presences/\(source)",
        doc: OperationDoc(
          "patchUserPresences\(name)",
          "Sets a user's presence; On Queue is how an agent starts to take work.",
          tag: "Presence", body: .named("UserPresenceRequest"),
          success: [200: .named("UserPresence")], refusals: [404, 409])
      ) { call, _ throws(Refusal) in
        let id = try call.id("userId")
        let source = try readSource(call)
        let wish = try PresenceWish(BodyFields(call.json()))
        return Work { model throws(Refusal) in
          Answer(status: 200, body: try model.grant(wish, to: id, source: source, at: call.now))
        }
      },
    ]
  }

  private static func fixed(_ body: JSONValue) -> Work {
    Work { _ throws(Refusal) in Answer(status: 200, body: body) }
  }

  /// The platform's own source, the only one that there is.
  private static func readSource(_ call: Call) throws(Refusal) -> String {
    if let source = call.parameters["sourceId"], source.lowercased() != "purecloud" {
      throw .notFound
    }
    return "purecloud"
  }
}

/// The presence that a request asks for.
struct PresenceWish {
  /// A definition by its id, or the name of a system's presence.
  private enum Definition {
    case id(UUIDBits, place: String)
    case system(SystemPresence)
  }

  private let definition: Definition?
  let message: String?

  /// Reads a definition by its id or, without one, by the name of the system's presence.
  init(_ fields: BodyFields) throws(Refusal) {
    message = try fields.string("message")
    guard let definition = try fields.object("presenceDefinition") else {
      self.definition = nil
      if message == nil { _ = try fields.required("presenceDefinition", String?.none) }
      return
    }
    let names = SystemPresence.allCases.map(\.rawValue)
    if let id = try definition.uuid("id") {
      self.definition = .id(id, place: definition.place(of: "id"))
    } else {
      let presence = try definition.required(
        "id",
        definition.choice("systemPresence", among: names) { word in
          SystemPresence.allCases.first {
            $0.rawValue.lowercased() == word.lowercased()
              || $0.analyticsName == word.uppercased()
          }
        })
      self.definition = .system(presence)
    }
  }

  /// The presence that is meant; nil if only the message shall be another.
  ///
  /// - Throws: 400 if there is no such definition.
  func presence(in catalog: Catalog) throws(Refusal) -> AgentPresence? {
    switch definition {
    case nil: return nil
    case .system(let system): return catalog.presence(system.id).map { AgentPresence($0) }
    case .id(let id, let place):
      guard let presence = catalog.presence(id) else {
        throw .invalidField(place, "there is no presence definition [\(id)]")
      }
      return AgentPresence(presence)
    }
  }
}

extension SandboxModel {
  /// Gives a user the presence they wish for, and shows it.
  mutating func grant(
    _ wish: PresenceWish, to id: UUIDBits, source: String, at now: Timestamp
  ) throws(Refusal) -> JSONValue {
    let wished = try wish.presence(in: organization.catalog)
    let before = organization.agents[id]
    let presence = wished ?? before?.presence.value ?? .offline
    let message = wish.message ?? before?.presenceMessage ?? ""
    try attempt { organization throws(Organization.Impossible) in
      // An event may have been ahead.
      try organization.set(
        presence: presence, message: message, of: id,
        at: max(now, organization.agents[id]?.presence.start ?? now))
    }
    return organization.agents[id]?.presenceJSON(source: source) ?? .null
  }
}
