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
      work.key = key(events)
      work.events = events.map(\.id)
      return work
    }
  }

  /// What a request with these events is about.
  private static func key(_ events: [PlatformEventReader.Received]) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 * events.count)
    for event in events {
      for half in [event.id.high, event.id.low] {
        for shift in stride(from: 0, to: 64, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(shift)))
        }
      }
    }
    return KeyedRandom.key(bytes)
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
