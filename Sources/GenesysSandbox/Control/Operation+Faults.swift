import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What goes wrong: how often, and what next.
extension Operation {
  static let faults: [Operation] = [
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
      let faults = try call.group(SandboxFaults.self)
      return Work { model throws(Refusal) in
        model.faults = faults
        return Answer(status: 200, body: faults.json)
      }
    },
    control(
      .get, "/sandbox/faults/next",
      OperationDoc(
        "getSandboxFaultsNext", "Shows what is still to go wrong.", tag: "Sandbox",
        success: [200: .named("NextFaults")])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in Answer(status: 200, body: model.nextFaults.json) }
    },
    control(
      .post, "/sandbox/faults/next",
      OperationDoc(
        "postSandboxFaultsNext",
        "Has the next of what is named go wrong, so many times; then all is well again.",
        tag: "Sandbox", body: .group(NextFault.self, "NextFault"),
        success: [200: .named("NextFaults")], refusals: [409])
    ) { call, _ throws(Refusal) in
      let wish = try call.group(NextFault.self)
      return Work { model throws(Refusal) in
        if model.nextFaults.rules.count >= NextFaults.limit {
          throw .conflict("there are \(NextFaults.limit) such faults already")
        }
        model.nextFaults.append(wish)
        return Answer(status: 200, body: model.nextFaults.json)
      }
    },
    control(
      .delete, "/sandbox/faults/next",
      OperationDoc(
        "deleteSandboxFaultsNext", "Takes back what is still to go wrong.", tag: "Sandbox",
        success: [204: nil])
    ) { _, _ throws(Refusal) in
      Work { model throws(Refusal) in
        model.nextFaults = NextFaults()
        return Answer(status: 204)
      }
    },
  ]
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
