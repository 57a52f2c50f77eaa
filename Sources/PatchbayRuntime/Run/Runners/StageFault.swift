/// What a stage did against its contract, as the end of a sentence about it.
enum StageFault {
  /// It came back without the events that it was given.
  static func lostEvents(_ count: Int, _ what: String) -> String {
    "\(what), so \(count) \(count == 1 ? "event is" : "events are") lost; that is a bug in it"
  }

  /// It holds more events than it said it would.
  static func heldTooMany(most: Int) -> String {
    "holds more than its \(most) events at once, so those that came on top went on; "
      + "that is a bug in it"
  }

  /// It came back without a verdict on an event.
  static let noVerdict = "left an event without a verdict; that is a bug in it"
}
