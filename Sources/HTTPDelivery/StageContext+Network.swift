package import HTTPTransport
package import PatchbayCore

/// The network that stages of a run send their requests through.
package enum NetworkKey: RunValueKey {
  /// The network of this machine.
  package static var fallback: any HTTPNetwork { RealNetwork() }
}

extension StageContext {
  /// The network to send requests through.
  package var network: any HTTPNetwork { self[NetworkKey.self] }
}
