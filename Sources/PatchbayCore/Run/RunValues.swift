/// Names something that a program hands to the stages of a run beside what every run has.
///
/// For modules above this one: the HTTP stages find the network this way, without the runtime
/// knowing of HTTP.
package protocol RunValueKey {
  associatedtype Value: Sendable
  /// The value of a run that was given none.
  static var fallback: Value { get }
}

/// Values by their keys' types.
public struct RunValues: Sendable {
  private var values: [ObjectIdentifier: any Sendable] = [:]

  /// Makes a set without values, so that every key's fallback holds.
  public init() {}

  package subscript<Key: RunValueKey>(key: Key.Type) -> Key.Value {
    get { values[ObjectIdentifier(key)] as? Key.Value ?? Key.fallback }
    set { values[ObjectIdentifier(key)] = newValue }
  }
}
