import NIOCore
import Synchronization

/// The connections that are being opened for a socket, of which there may be one for each address of its host:
/// so that a cancelled task leaves none behind, whenever it is cancelled.
final class OpenConnections: Sendable {
  private enum State {
    /// Next: cancelled.
    case open([any Channel])
    /// The end.
    case cancelled
  }

  private let state = Mutex(State.open([]))

  /// Adds one; it is closed at once if that is too late.
  func add(_ channel: any Channel) {
    let isLate = state.withLock { state -> Bool in
      guard case .open(let channels) = state else { return true }
      state = .open(channels + [channel])
      return false
    }
    if isLate { channel.close(promise: nil) }
  }

  /// Closes all of them.
  func cancel() {
    let channels = state.withLock { state -> [any Channel] in
      defer { state = .cancelled }
      if case .open(let channels) = state { return channels }
      return []
    }
    for channel in channels { channel.close(promise: nil) }
  }
}
