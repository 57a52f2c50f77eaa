/// The five things a stage can be.
public enum StageRole: String, Sendable, CaseIterable {
  /// Brings events in.
  case source
  /// Judges events before they are sent.
  case validator
  /// Sends events to a target and learns what became of them.
  case injector
  /// Relates events to each other.
  case correlator
  /// Takes events out.
  case sink

  /// The section of the configuration that its stages stand in.
  public var section: String { rawValue + "s" }
}
