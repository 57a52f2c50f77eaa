public import PatchbayCore

/// Emits what a closure says.
///
/// ```swift
/// pipeline.add("calls", ClosureSource { outlet in
///   for await call in switchboard.calls { try await outlet.emit(call.fields) }
/// })
/// ```
public struct ClosureSource: Source {
  /// The name under which a configuration holds its place.
  public static let type = "closure"
  /// What it does.
  public static let doc = "Emits what the embedding program's closure says."

  private let emit: (@Sendable (SourceOutlet) async throws -> Void)?

  /// Makes a source.
  ///
  /// - Parameter emit: emits all events and returns when there are no more. At shutdown its task is
  ///   cancelled: let a `CancellationError` through, or return. What it throws else fails the run
  ///   after the rest has drained.
  public init(_ emit: @escaping @Sendable (SourceOutlet) async throws -> Void) {
    self.emit = emit
  }

  /// Makes a source that waits for its closure: a configuration only holds its place.
  public init(_ options: NoOptions) {
    emit = nil
  }

  /// Refuses a run in which the closure is missing.
  public func open(_ context: StageContext) async throws {
    if emit == nil { throw PipelineError(missingClosure(of: context.name, "ClosureSource")) }
  }

  /// Calls the closure.
  public func run(emitting outlet: SourceOutlet) async throws {
    try await emit?(outlet)
  }
}
