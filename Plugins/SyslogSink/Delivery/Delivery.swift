import PatchbayCore
import Synchronization

/// Brings messages to the receiver, by calls that block, beside Swift's own threads.
final class Delivery: Sendable {
  /// What became of messages, and how often there was a connection so far.
  struct Account: Sendable {
    let handover: Handover
    let connections: Int
  }

  private let lane = WorkLane()
  /// Used by the lane's work alone, one piece at a time.
  private let carrier: Mutex<any MessageCarrier>

  /// Nothing is connected yet.
  init(to receiver: Receiver) {
    switch receiver.transport {
    case .udp: carrier = Mutex(DatagramCarrier(receiver))
    case .tcp, .tls: carrier = Mutex(StreamCarrier(receiver))
    }
  }

  func connect() async throws {
    try await lane.run { [self] stop in
      try carrier.withLock { try $0.connect(until: stop) }
    }
  }

  func carry(_ messages: [[UInt8]]) async throws -> Account {
    try await lane.run { [self] stop in
      carrier.withLock { carrier in
        let handover = messages.isEmpty ? Handover() : carrier.carry(messages, until: stop)
        return Account(handover: handover, connections: carrier.connections)
      }
    }
  }

  func close() async throws {
    try await lane.run { [self] stop in
      try carrier.withLock { try $0.close(until: stop) }
    }
  }
}
