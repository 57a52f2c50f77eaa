import ContactModel
import PatchbayCore
import PatchbayJSON

extension JSONValue {
  /// A member that is a UUID.
  func uuid(_ name: String) -> UUIDBits? { self[name]?.string.flatMap { UUIDBits(anyCase: $0) } }

  /// A member that is a time.
  func time(_ name: String) -> Timestamp? { self[name]?.string.flatMap { Timestamp($0) } }
}
