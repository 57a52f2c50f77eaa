public import PatchbayCore

/// One of a stage's outputs, as another stage's `inputs` name it: `schema` or `schema.rejected`.
public struct StageOutput: Sendable, Hashable {
  /// The stage.
  public let stage: String
  /// The port.
  public let port: PortName

  /// Names an output.
  public init(stage: String, port: PortName = .out) {
    self.stage = stage
    self.port = port
  }

  /// It as it is written.
  public var text: String { port == .out ? stage : "\(stage).\(port.rawValue)" }
}

/// An output as it is written, before anybody knows whether there is such a stage or port.
package struct WrittenOutput: Sendable, Equatable {
  /// What stands before the dot.
  package let stage: String
  /// What stands behind it; nil without a dot.
  package let port: String?
  /// All of it.
  package let text: String

  /// Reads `schema` or `schema.rejected`; any text is one.
  package init(_ text: String) {
    self.text = text
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    stage = String(parts.first ?? "")
    port = parts.count > 1 ? String(parts[1]) : nil
  }

  /// The output, if there can be one of that name.
  package var output: StageOutput? {
    guard let port else { return StageOutput(stage: stage) }
    return PortName(rawValue: port).map { StageOutput(stage: stage, port: $0) }
  }
}
