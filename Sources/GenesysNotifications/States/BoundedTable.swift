import DequeModule

/// A dictionary of bounded size: past it, what was added first is forgotten.
struct BoundedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let capacity: Int
  private var values: [Key: Value] = [:]
  private var order: Deque<Key> = []

  init(capacity: Int) {
    self.capacity = capacity
  }

  var keysAndValues: [Key: Value] { values }

  /// Changes a key's value, which is made first if there is none.
  mutating func change<Result>(
    _ key: Key, else make: @autoclosure () -> Value, _ body: (inout Value) -> Result
  ) -> Result {
    if values[key] == nil {
      if order.count == capacity { values[order.removeFirst()] = nil }
      order.append(key)
    }
    return body(&values[key, default: make()])
  }
}
