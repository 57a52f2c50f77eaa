import Synchronization

/// A value that one task sets and another reads.
final class Latest<Value: Sendable>: Sendable {
  private let stored: Mutex<Value>

  init(_ value: Value) {
    stored = Mutex(value)
  }

  var value: Value {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }

  /// Changes a part of the value.
  func change(_ body: (inout Value) -> Void) { stored.withLock { body(&$0) } }
}
