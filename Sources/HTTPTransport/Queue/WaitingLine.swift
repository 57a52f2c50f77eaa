import DequeModule

/// Requests in order of arrival, which may leave the line from anywhere.
///
/// Whoever leaves is only marked, and the marks are cleared away when they are the greater
/// part: every operation takes constant time on average, and memory stays in proportion to
/// the requests that wait.
package struct WaitingLine {
  private var ids: Deque<UInt64> = []
  private var withdrawn: Set<UInt64> = []

  package init() {}

  package mutating func append(_ id: UInt64) {
    ids.append(id)
  }

  /// Takes out the request that has waited longest.
  package mutating func popFirst() -> UInt64? {
    while let id = ids.popFirst() {
      if withdrawn.remove(id) == nil { return id }
    }
    return nil
  }

  /// Takes out a request, which must be in the line.
  package mutating func withdraw(_ id: UInt64) {
    withdrawn.insert(id)
    guard withdrawn.count > ids.count / 2 + 64 else { return }
    ids.removeAll { withdrawn.contains($0) }
    withdrawn = []
  }
}
