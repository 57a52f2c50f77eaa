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
        "Goes back to the start, faults and clock included. Tokens and channels stay.",
        tag: "Sandbox", success: [204: nil])
    ) { _, service throws(Refusal) in
      Work { model throws(Refusal) in
        model.reset()
        model.faults = service.options.faults
        model.clockOffset = .zero
        return Answer(status: 204)
      }
    },
    control(
      .get, "/sandbox/journal",
      OperationDoc(
        "getSandboxJournal",
        "Lists requests with what was answered and what they changed, oldest first.",
        tag: "Sandbox", query: journalQuery, success: [200: .named("Journal")])
    ) { call, _ throws(Refusal) in
      let (after, limit) = try journalPage(call)
      return Work { model throws(Refusal) in
        journalAnswer(
          model.journal.entries(after: after, limit: limit).map { ($0.number, $0.json) },
          after: after)
      }
    },
    control(
      .get, "/sandbox/notifications",
      OperationDoc(
        "getSandboxNotifications",
        "Lists notifications, by channel, with what became of each: sent, lost, doubled, held back.",
        tag: "Sandbox", query: journalQuery,
        success: [200: .named("NotificationRecords")])
    ) { call, _ throws(Refusal) in
      let (after, limit) = try journalPage(call)
      return Work { model throws(Refusal) in
        journalAnswer(
          model.notifications.records.entries(after: after, limit: limit).map {
            ($0.number, $0.json)
          },
          after: after)
      }
    },
    control(
      .get, "/sandbox/faults",
      OperationDoc(
        "getSandboxFaults", "Shows what goes wrong, and how often.", tag: "Sandbox",
        success: [200: .named("Faults")])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in Answer(status: 200, body: model.faults.json) }
    },
    control(
      .put, "/sandbox/faults",
      OperationDoc(
        "putSandboxFaults",
        "Says what goes wrong from now on; what isn't named goes right.", tag: "Sandbox",
        body: .named("Faults"), success: [200: .named("Faults")])
    ) { call, _ throws(Refusal) in
      let faults = try faults(call.json())
      return Work { model throws(Refusal) in
        model.faults = faults
        return Answer(status: 200, body: faults.json)
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
        tag: "Sandbox", body: .named("ClockAdvance"), success: [200: .named("Clock")])
    ) { call, _ throws(Refusal) in
      let fields = try BodyFields(call.json())
      let text = try fields.required("advance", fields.string("advance"))
      guard let advance = Duration(optionText: text), advance <= .seconds(315_360_000) else {
        throw .invalidField(
          "advance", "expected a duration of at most ten years such as \"25h\"")
      }
      return Work { model throws(Refusal) in
        let offset = model.clockOffset + advance
        // A thousand years: times stay far from what 64 bits hold.
        if offset > .seconds(31_536_000_000) { throw .conflict("the clock is too far ahead") }
        model.clockOffset = offset
        let now = call.now.advanced(by: advance)
        model.notifications.expire(at: now)
        return Answer(status: 200, body: model.clockJSON(at: now))
      }
    },
    control(
      .post, "/sandbox/tokens",
      OperationDoc(
        "postSandboxTokens",
        "Gives a token of a user, as a login in a browser would; without a user, the client's.",
        tag: "Sandbox", body: .named("UserTokenRequest"), success: [200: .named("OAuthToken")])
    ) { call, service throws(Refusal) in
      let user = try BodyFields(call.json()).uuid("userId")
      return Work { model throws(Refusal) in
        Answer(
          status: 200,
          body: model.issueToken(
            client: service.options.clientID, user: user, options: service.options,
            at: call.now, ids: service.credentialIDs))
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
        "Announces `v2.system.socket_closing` on all sockets and closes them.", tag: "Sandbox",
        query: [
          .init("abruptly", .boolean, doc: "Whether they are closed at once, without a word.")
        ], success: [200: .object([.always("closing", .count)])])
    ) { call, _ throws(Refusal) in
      let isAbrupt = try call.query().flag("abruptly")
      return Work { model throws(Refusal) in
        if isAbrupt {
          return Answer(
            status: 200, body: ["closing": .integer(model.notifications.cutAll())])
        }
        let count = model.notifications.announceClosing(
          after: model.faults.notifications.closingNotice)
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

  private static let journalQuery: [OperationDoc.Parameter] = [
    .init("after", .count, doc: "Only entries with a number above this."),
    .init("limit", .integer(1...100_000), doc: "How many at most; 1000 without it."),
  ]

  private static func journalPage(_ call: Call) throws(Refusal) -> (after: UInt64, limit: Int) {
    let query = try call.query()
    return (
      UInt64(try Page.integer("after", query, 0...Int.max) ?? 0),
      try Page.integer("limit", query, 1...100_000) ?? 1_000
    )
  }

  private static func journalAnswer(
    _ entries: [(number: UInt64, json: JSONValue)], after: UInt64
  ) -> Answer {
    let last = entries.last?.number ?? after
    return Answer(
      status: 200,
      body: [
        "entries": .array(entries.map(\.json)), "last": .integer(Int(truncatingIfNeeded: last)),
      ])
  }

  private static func control(
    _ method: HTTPRequest.Method, _ path: String, _ doc: OperationDoc,
    prepare: @escaping @Sendable (Call, SandboxService) throws(Refusal) -> Work
  ) -> Operation {
    Operation(method, path, surface: .control, access: .open, doc: doc, prepare: prepare)
  }

  /// Reads faults as the option is read.
  private static func faults(_ json: JSONValue) throws(Refusal) -> SandboxFaults {
    do throws(InvalidOptions) {
      return try SandboxFaults(json)
    } catch {
      throw .badRequest("\(error)")
    }
  }
}

extension SandboxModel {
  fileprivate func clockJSON(at now: Timestamp) -> JSONValue {
    ["now": .string(now.platformText), "ahead": .string(clockOffset.optionText)]
  }
}

extension SandboxFaults {
  /// The faults as `/sandbox/faults` shows and takes them.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("latency", latency.json), .init("rate_limited", .number(rateLimited)),
      .init("server_error", .number(serverError)),
      .init("unavailable", .number(unavailable)), .init("dropped", .number(dropped)),
      .init("gateway_timeout", .number(gatewayTimeout)),
      .init("dropped_before", .number(droppedBefore)), .init("malformed", .number(malformed)),
      .init("slow", .number(slow)), .init("token_expired", .number(tokenExpired)),
      .init("token_revoked", .number(tokenRevoked)),
      .init("slow_body", .string(slowBody.optionText)),
      .init("clock_skew", .string(clockSkew.optionText)),
    ]
    if let retryAfter { members.append(.init("retry_after", .string(retryAfter.optionText))) }
    members.append(
      .init(
        "notifications",
        [
          "lost": .number(notifications.lost), "duplicated": .number(notifications.duplicated),
          "reordered": .number(notifications.reordered),
          "closing": .number(notifications.closing), "cut": .number(notifications.cut),
          "closing_notice": .string(notifications.closingNotice.optionText),
        ]))
    return .object(members)
  }
}
