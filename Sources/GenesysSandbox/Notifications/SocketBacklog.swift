import Synchronization

/// The bytes that wait for a socket, or for all of them.
final class SocketBacklog: Sendable {
  private let bytes = Atomic(0)
  private let all: SocketBacklog?

  /// - Parameter all: counts what waits for this socket, too.
  init(of all: SocketBacklog? = nil) {
    self.all = all
  }

  var count: Int { bytes.load(ordering: .relaxed) }

  fileprivate func add(_ count: Int) {
    bytes.add(count, ordering: .relaxed)
    all?.add(count)
  }
}

/// A message that waits for a socket; it counts as long as it is there, whoever drops it.
final class QueuedText: Sendable {
  let text: String
  private let backlog: SocketBacklog

  init(_ text: String, in backlog: SocketBacklog) {
    self.text = text
    self.backlog = backlog
    backlog.add(text.utf8.count)
  }

  deinit { backlog.add(-text.utf8.count) }
}
