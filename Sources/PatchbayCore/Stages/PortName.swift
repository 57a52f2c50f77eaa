/// One of a stage's outputs.
public enum PortName: String, Sendable, Hashable, CaseIterable {
  /// The main one, which needs no name in a configuration.
  case out
  /// What a source or validator turns away.
  case rejected
  /// What an injector's target didn't take, or may not have taken.
  case failed
}

extension StageRole {
  /// The ports that stages of this role have, the main one first.
  public var ports: [PortName] {
    switch self {
    case .source, .validator: [.out, .rejected]
    case .injector: [.out, .failed]
    case .correlator: [.out]
    case .sink: []
    }
  }
}
