import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// The injection API: batches of events, each of which is accepted or refused by itself.
extension Operation {
  static let events: [Operation] = [
    inject(
      "/api/v2/events/users/routingstatus", .injectRoutingStatus, "postEventsUsersRoutingstatus",
      "Takes changes of agents' routing status.",
      body: "BatchUserRoutingStatusEventRequest", arrays: PlatformEventReader.routingStatuses),
    inject(
      "/api/v2/events/users/presence", .injectPresence, "postEventsUsersPresence",
      "Takes changes of users' presence.",
      body: "BatchUserPresenceEventRequest", arrays: PlatformEventReader.presences),
    inject(
      "/api/v2/events/conversations", .injectConversation, "postEventsConversations",
      "Takes what happens in conversations.",
      body: "BatchConversationEventRequest", arrays: PlatformEventReader.conversations),
    inject(
      "/api/v2/events/routing/customkpiattributions", .injectKeyFigure,
      "postEventsRoutingCustomkpiattributions",
      "Takes key figures of conversations.",
      body: "BatchPredictiveRoutingCustomKpiAttributionEventRequest",
      arrays: PlatformEventReader.keyFigures),
  ]

  private static func inject(
    _ path: String, _ permission: PlatformPermission, _ id: String, _ summary: String,
    body: String, arrays: [(name: String, read: PlatformEventReader.Reader)]
  ) -> Operation {
    Operation(
      .post, path, access: .token(anyOf: [permission.rawValue]),
      doc: OperationDoc(
        id, summary, tag: "Events", body: .named(body),
        success: [200: .named("BatchEventResponse")])
    ) { call, _ throws(Refusal) in
      let events = try PlatformEventReader.read(call.json(), arrays: arrays)
      var work = Work { model throws(Refusal) in
        Answer(status: 200, body: ["errors": .array(model.receive(events))])
      }
      work.key = KeyedRandom.key(
        events.flatMap { [$0.id.high, $0.id.low] }
          .flatMap { bits in (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } })
      work.events = events.map(\.id)
      return work
    }
  }
}

extension SandboxModel {
  /// Lets events happen, in order; gives what is wrong with those that can't.
  mutating func receive(_ events: [PlatformEventReader.Received]) -> [JSONValue] {
    var errors: [JSONValue] = []
    for received in events {
      if accepted.contains(received.id) {
        counts.duplicates += 1
        results.append((received.id, .duplicate))
        continue
      }
      do throws(Organization.Impossible) {
        try organization.apply(received.event.get())
        accepted.insert(received.id)
        counts.effects += 1
        results.append((received.id, .accepted))
      } catch {
        counts.refusals += 1
        results.append((received.id, .refused))
        errors.append([
          "eventId": .string(received.id.description), "message": .string(error.message),
          "retryable": false,
        ])
      }
    }
    return errors
  }
}
