public import HTTPTransport
public import PatchbayCore

/// The network that stages of a run send their requests through.
enum NetworkKey: RunValueKey {
  /// The network of this machine.
  static var fallback: any HTTPNetwork { RealNetwork() }
}

extension RunValues {
  /// The network that stages send their requests through: this machine's, unless a program or a
  /// test puts another in its place.
  public var network: any HTTPNetwork {
    get { self[NetworkKey.self] }
    set { self[NetworkKey.self] = newValue }
  }
}

extension StageContext {
  /// The network to send requests through; the stage shuts down the clients that it makes of it.
  public var network: any HTTPNetwork { self[NetworkKey.self] }
}
