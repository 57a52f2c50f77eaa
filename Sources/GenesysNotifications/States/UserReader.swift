import ContactModel
package import PatchbayCore
package import PatchbayJSON

/// Reads presences and routing statuses as notifications, users and analytics have them.
package enum UserReader {
  /// A state of a user, and since when.
  package struct Standing: Sendable, Equatable {
    package let state: String
    package let time: Timestamp?

    package init(state: String, time: Timestamp?) {
      self.state = state
      self.time = time
    }
  }

  /// The standing that a notification tells of.
  ///
  /// - Throws: `PipelineError` that says what is wrong with it.
  package static func standing(in body: JSONValue, of topic: WatchedTopic) throws -> Standing {
    let found: Standing? =
      switch topic {
      case .presence: presence(body, since: "modifiedDate")
      case .routingStatus: routingStatus(body["routingStatus"] ?? .null)
      case .conversations: nil
      }
    guard let found else {
      throw PipelineError("a notification of \(topic.rawValue) names none that is known")
    }
    return found
  }

  /// The standings of a user of `GET /api/v2/users`, with `presence` and `routingStatus` expanded.
  package static func standings(of user: JSONValue) -> [(WatchedTopic, Standing)] {
    var all: [(WatchedTopic, Standing)] = []
    if let presence = presence(user["presence"] ?? .null, since: "modifiedDate") {
      all.append((.presence, presence))
    }
    if let status = routingStatus(user["routingStatus"] ?? .null) {
      all.append((.routingStatus, status))
    }
    return all
  }

  /// The standings of one of `userDetails` of `POST /api/v2/analytics/users/details/query`, each in their
  /// order.
  package static func history(of details: JSONValue) -> [(WatchedTopic, Standing)] {
    let presences = (details["primaryPresence"]?.array ?? []).compactMap { period in
      presence(name: period["systemPresence"]?.string, time: period.time("startTime"))
    }
    let statuses = (details["routingStatus"]?.array ?? []).compactMap { period in
      routingStatus(name: period["routingStatus"]?.string, time: period.time("startTime"))
    }
    return presences.map { (.presence, $0) } + statuses.map { (.routingStatus, $0) }
  }

  private static func presence(_ body: JSONValue, since time: String) -> Standing? {
    presence(name: body["presenceDefinition"]?["systemPresence"]?.string, time: body.time(time))
  }

  private static func routingStatus(_ body: JSONValue) -> Standing? {
    routingStatus(name: body["status"]?.string, time: body.time("startTime"))
  }

  /// REST writes `On Queue`, notifications and analytics `ON_QUEUE`.
  private static func presence(name: String?, time: Timestamp?) -> Standing? {
    guard let name,
      let presence = SystemPresence.allCases.first(where: {
        $0.rawValue.caseInsensitively(equals: name) || $0.analyticsName == name.uppercased()
      })
    else { return nil }
    return Standing(state: presence.state, time: time)
  }

  private static func routingStatus(name: String?, time: Timestamp?) -> Standing? {
    guard let name, let status = RoutingStatus(rawValue: name.uppercased()) else { return nil }
    return Standing(state: status.state, time: time)
  }
}

extension String {
  fileprivate func caseInsensitively(equals other: String) -> Bool {
    lowercased() == other.lowercased()
  }
}
