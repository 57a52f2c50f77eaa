public import PatchbayCore

/// Emits what a closure says; for tests.
public struct ScriptedSource: Source {
  /// The name of its type.
  public static let type = "scripted"
  /// What it does.
  public static let doc = "Emits what a test says."

  private let script: @Sendable (SourceOutlet) async throws -> Void

  /// Makes a source that runs a closure.
  public init(_ script: @escaping @Sendable (SourceOutlet) async throws -> Void) {
    self.script = script
  }

  /// Nothing beside its context.
  public var reach: StageReach { .context }

  /// Makes a source that emits nothing.
  public init(_ options: NoOptions) {
    self.init { _ in }
  }

  /// Makes a source that emits `count` well-formed events of some agents in turn.
  public init(count: Int, agents: Int = 5) {
    self.init { outlet in
      for number in 0..<count {
        try await outlet.emit(.sample(number, agent: number % agents))
      }
    }
  }

  /// Runs the closure.
  public mutating func run(emitting outlet: SourceOutlet) async throws {
    try await script(outlet)
  }
}

extension EventFields {
  /// A well-formed event; each agent has one interaction.
  public static func sample(_ number: Int, agent: Int = 0) -> EventFields {
    EventFields(
      sequenceID: "test-\(number)", timestamp: "2026-01-31T09:30:00.000000000Z",
      interactionID: UUIDBits.version8(high: 1, low: UInt64(agent)).description,
      agentID: UUIDBits.version8(high: 2, low: UInt64(agent)).description,
      state: "routing/agent/available", eventType: "routing/agent/state")
  }
}
