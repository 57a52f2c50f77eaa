import PatchbayCore
import PatchbayJSON

/// What the platform says of the events of a request, `BatchEventResponse`.
package struct BatchAnswer {
  /// Why it refused an event, by the event's id.
  private(set) var errors: [UUIDBits: (message: String, isRetryable: Bool)] = [:]

  /// Reads an answer's body; nil if it is something else.
  package init?(_ body: [UInt8]) {
    guard let value = try? JSONValue(parsing: body), value.object != nil else { return nil }
    guard let errors = value["errors"] else { return }
    if errors == .null { return }
    guard let list = errors.array else { return nil }
    for error in list {
      guard let text = error["eventId"]?.string?.lowercased(),
        let id = UUIDBits(lowercase: Array(text.utf8))
      else { continue }
      self.errors[id] = (
        error["message"]?.string ?? "the platform gives no reason",
        error["retryable"]?.bool ?? false
      )
    }
  }
}
