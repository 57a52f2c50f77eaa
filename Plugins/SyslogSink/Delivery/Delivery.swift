import PatchbayCore
import Synchronization

/// Brings messages to the receiver on a thread of its own.
final class Delivery: Sendable {
  /// What became of messages, and how often there was a connection so far.
  struct Account: Sendable {
    let handover: Handover
    let connections: Int
  }

  private let thread: WorkThread
  /// Used by the thread alone.
  private let carrier: Mutex<any MessageCarrier>

  /// Starts the thread; nothing is connected yet.
  ///
  /// - Throws: `PipelineError` if there is no thread.
  init(to receiver: Receiver) throws {
    thread = try WorkThread()
    switch receiver.transport {
    case .udp: carrier = Mutex(DatagramCarrier(receiver))
    case .tcp, .tls: carrier = Mutex(StreamCarrier(receiver))
    }
  }

  func connect() async throws {
    try await thread.run { [self] stop in
      try carrier.withLock { try $0.connect(until: stop) }
    }
  }

  func carry(_ messages: [[UInt8]]) async throws -> Account {
    try await thread.run { [self] stop in
      carrier.withLock { carrier in
        let handover = messages.isEmpty ? Handover() : carrier.carry(messages, until: stop)
        return Account(handover: handover, connections: carrier.connections)
      }
    }
  }

  func close() async throws {
    try await thread.run { [self] stop in
      try carrier.withLock { try $0.close(until: stop) }
    }
  }
}
