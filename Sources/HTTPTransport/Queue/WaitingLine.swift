/// Requests in order of arrival, which may leave the line from anywhere.
///
/// Whoever leaves is only marked, and the marks are cleared away when they are the greater
/// part: every operation takes constant time on average, and memory stays in proportion to
/// the requests that wait.
package struct WaitingLine {
  private var ids: [UInt64] = []
  private var head = 0
  private var withdrawn: Set<UInt64> = []

  package init() {}

  package mutating func append(_ id: UInt64) {
    ids.append(id)
  }

  /// Takes out the request that has waited longest.
  package mutating func popFirst() -> UInt64? {
    while head < ids.count {
      let id = ids[head]
      head += 1
      let isWithdrawn = withdrawn.remove(id) != nil
      compactIfSparse()
      if !isWithdrawn { return id }
    }
    return nil
  }

  /// Takes out a request, which must be in the line.
  package mutating func withdraw(_ id: UInt64) {
    withdrawn.insert(id)
    compactIfSparse()
  }

  private mutating func compactIfSparse() {
    let remaining = ids.count - head
    let isSparse = head > remaining + 64 || withdrawn.count > remaining / 2 + 64
    guard isSparse || remaining == 0 else { return }
    ids = ids[head...].filter { !withdrawn.contains($0) }
    head = 0
    withdrawn = []
  }
}
