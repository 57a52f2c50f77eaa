public import PatchbayCore

/// What stands in a message behind its structured data.
public enum MessageContent: String, OptionChoice {
  /// The event with all its members and its outcome.
  case json
  /// A line for people.
  case sentence

  /// What the word means.
  public var doc: String {
    switch self {
    case .json: "The event with all its members and its outcome, as JSON."
    case .sentence: "A sentence for people."
    }
  }
}
