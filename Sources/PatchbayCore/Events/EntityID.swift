/// An interaction's or agent's id: 128 bits if it is a well-formed UUID, else its text.
///
/// Only the strict form (36 characters, lower-case hexadecimal) becomes bits, so that writing an
/// event never changes its ids. Malformed ids stay as they came: negative tests send them on
/// purpose.
public enum EntityID: Sendable, Equatable, BitwiseCopyable {
  /// The event has no such member.
  case missing
  /// A well-formed UUID.
  case uuid(UUIDBits)
  /// Anything else, in the batch's arena.
  case text(TextReference)
}

/// An id by value, to find the events of one agent or interaction across batches.
public enum EntityKey: Sendable, Hashable {
  /// A well-formed UUID.
  case uuid(UUIDBits)
  /// Anything else; the empty text for a missing id.
  case text(String)

  /// The id as it is written.
  public var text: String {
    switch self {
    case .uuid(let bits): bits.description
    case .text(let text): text
    }
  }
}
