import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// The sandbox's own: what it knows and did, and how it behaves.
extension Operation {
  static let control: [Operation] = [
    control(
      .get, GenesysSandbox.statePath,
      OperationDoc(
        "getSandboxState", "Shows counts and states.", tag: "Sandbox",
        query: [.init("events", .boolean, doc: "Whether every sequence id is listed.")],
        success: [200: .map])
    ) { call, _ throws(Refusal) in
      let includesEvents = try call.query().flag("events")
      return Work { model throws(Refusal) in
        Answer(status: 200, body: model.report(includingEvents: includesEvents))
      }
    },
    control(
      .delete, GenesysSandbox.statePath,
      OperationDoc(
        "deleteSandboxState",
        "Goes back to the start: users, conversations, counts and journal. Tokens, channels, "
          + "faults and clock stay.",
        tag: "Sandbox", success: [204: nil])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in
        model.reset()
        return Answer(status: 204)
      }
    },
    control(
      .post, "/sandbox/reset",
      OperationDoc(
        "postSandboxReset",
        "Goes back to the start, faults and clock included. Tokens and channels stay, unless they are to "
          + "end too.",
        tag: "Sandbox",
        query: [
          .init(
            "clients", .boolean, doc: "Whether tokens and channels end too, as if none was made.")
        ], success: [204: nil])
    ) { call, service throws(Refusal) in
      let endsClients = try call.query().flag("clients")
      return Work { model throws(Refusal) in
        if endsClients {
          model.revoke { _, _ in true }
          model.authorizations = AuthorizationGrants()
          model.notifications.forgetSockets()
        }
        model.reset()
        model.faults = service.options.faults
        model.nextFaults = NextFaults()
        model.snapshots = [:]
        model.clockOffset = .zero
        return Answer(status: 204)
      }
    },
    control(
      .get, "/sandbox/clock",
      OperationDoc(
        "getSandboxClock", "Shows the sandbox's present.", tag: "Sandbox",
        success: [200: .named("Clock")])
    ) { call, _ throws(Refusal) in
      Work { model throws(Refusal) in Answer(status: 200, body: model.clockJSON(at: call.now)) }
    },
    control(
      .post, "/sandbox/clock",
      OperationDoc(
        "postSandboxClock",
        "Lets the sandbox's time pass, so that tokens and channels expire and rate windows end.",
        tag: "Sandbox", body: .group(ClockAdvance.self, "ClockAdvance"),
        success: [200: .named("Clock")])
    ) { call, service throws(Refusal) in
      let advance = try call.group(ClockAdvance.self).advance
      return Work { model throws(Refusal) in
        let offset = model.clockOffset + advance
        // A thousand years: times stay far from what 64 bits hold.
        if offset > .seconds(31_536_000_000) { throw .conflict("the clock is too far ahead") }
        model.clockOffset = offset
        let now = call.now.advanced(by: advance)
        model.settle(at: now, seed: service.seed)
        model.notifications.expire(at: now)
        return Answer(status: 200, body: model.clockJSON(at: now))
      }
    },
    control(
      .post, "/sandbox/tokens",
      OperationDoc(
        "postSandboxTokens",
        "Gives a token of a user, as a login in a browser would; without a user, the client's.",
        tag: "Sandbox", body: .group(TokenWish.self, "TokenWish"),
        success: [200: .named("OAuthToken")], refusals: [404])
    ) { call, service throws(Refusal) in
      let wish = try call.group(TokenWish.self)
      return Work { model throws(Refusal) in
        if let user = wish.user {
          try model.attempt { organization throws(Organization.Impossible) in
            try organization.require(user, at: call.now)
          }
        }
        return Answer(
          status: 200,
          body: model.issueToken(
            client: service.options.clientID, user: wish.user, options: service.options,
            permissions: wish.permissions, lifetime: wish.lifetime, at: call.now,
            ids: service.credentialIDs))
      }
    },
    control(
      .delete, "/sandbox/tokens",
      OperationDoc(
        "deleteSandboxTokens", "Revokes all tokens, and the channels made with them.",
        tag: "Sandbox", success: [204: nil])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in
        model.revoke { _, _ in true }
        return Answer(status: 204)
      }
    },
    control(
      .post, "/sandbox/sockets/close",
      OperationDoc(
        "postSandboxSocketsClose",
        "Announces `v2.system.socket_closing` on sockets and closes them.", tag: "Sandbox",
        query: [
          .init("abruptly", .boolean, doc: "Whether they are closed at once, without a word.")
        ], body: .group(SocketClosing.self, "SocketClosing"), isBodyOptional: true,
        success: [200: .object([.always("closing", .count)])])
    ) { call, _ throws(Refusal) in
      let wish = try call.optionalGroup(SocketClosing.self)
      let isAbrupt = try call.query().flag("abruptly") || wish.isAbrupt
      return Work { model throws(Refusal) in
        let notice = wish.notice ?? model.faults.notifications.closingNotice
        let count = model.notifications.closeSockets(
          after: isAbrupt ? nil : notice, of: wish.user, channel: wish.channel)
        return Answer(status: 200, body: ["closing": .integer(count)])
      }
    },
    control(
      .get, "/sandbox/openapi.json",
      OperationDoc(
        "getSandboxOpenapi", "Describes everything that the sandbox answers, in OpenAPI.",
        tag: "Sandbox", success: [200: .map])
    ) { _, _ throws(Refusal) in
      Work { _ throws(Refusal) in Answer(status: 200, body: OpenAPIDocument.json) }
    },
  ]

  static func control(
    _ method: HTTPRequest.Method, _ path: String, _ doc: OperationDoc,
    prepare: @escaping @Sendable (Call, SandboxService) throws(Refusal) -> Work
  ) -> Operation {
    Operation(method, path, surface: .control, access: .open, doc: doc, prepare: prepare)
  }
}

/// How much time is to pass.
private struct ClockAdvance: OptionGroup {
  let advance: Duration

  init(from options: inout OptionReader) {
    advance = options.required(
      "advance", example: .seconds(90_000), .range(.zero ... .seconds(315_360_000)),
      doc: "How much time passes, ten years at most.")
  }
}

/// The token that a test asks for.
private struct TokenWish: OptionGroup {
  let user: UUIDBits?
  let lifetime: Duration?
  let permissions: [String]?

  init(from options: inout OptionReader) {
    user = options.id(
      "userId", formerly: ["user"],
      doc: "The id of the user who is logged in; without one, the client acts for itself.")
    lifetime = options.optional(
      "lifetime", .atLeast(.milliseconds(1)),
      doc: "How long it is good for; as other tokens without it.")
    permissions = options.optional(
      "permissions", doc: "What it permits; what other tokens do without it.")
  }
}

/// The sockets that are to be closed.
private struct SocketClosing: OptionGroup {
  let isAbrupt: Bool
  let notice: Duration?
  let user: UUIDBits?
  let channel: String?

  init(from options: inout OptionReader) {
    isAbrupt = options.value(
      "abruptly", default: false, doc: "Whether they are closed at once, without a word.")
    notice = options.optional(
      "notice", .range(.zero ... .seconds(3_600)),
      doc:
        "How long before that is announced, in real time; as `closing_notice` of the faults without it."
    )
    user = options.id("user", doc: "Only those of this user.")
    channel = options.optional("channel", .nonEmpty, doc: "Only that of this channel.")
  }
}

extension SandboxModel {
  fileprivate func clockJSON(at now: Timestamp) -> JSONValue {
    ["now": .string(now.platformText), "ahead": .string(clockOffset.optionText)]
  }
}
