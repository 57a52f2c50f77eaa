public import PatchbayCore

/// Hands batches to a closure.
///
/// ```swift
/// pipeline.add("archive", ClosureSink { batch in try await archive.store(batch) }, inputs: ["desk"])
/// ```
public struct ClosureSink: Sink {
  /// The name under which a configuration holds its place.
  public static let type = "closure"
  /// What it does.
  public static let doc = "Hands batches to the embedding program's closure."

  private let take: (@Sendable (EventBatch) async throws -> WriteResult)?

  /// Makes a sink that takes each batch as a whole.
  ///
  /// - Parameter take: takes a batch. Called in order, one batch at a time. When it throws, the
  ///   whole batch is tried again, a few times; a `DeliveryError` refuses it for good.
  public init(_ take: @escaping @Sendable (EventBatch) async throws -> Void) {
    self.init(take: { batch in
      try await take(batch)
      return .all
    })
  }

  /// Makes a sink that says which events it took.
  ///
  /// - Parameter take: takes a batch and says what is to be tried again, or is refused for good.
  public static func reporting(
    _ take: @escaping @Sendable (EventBatch) async throws -> WriteResult
  ) -> ClosureSink {
    ClosureSink(take: take)
  }

  private init(take: (@Sendable (EventBatch) async throws -> WriteResult)?) {
    self.take = take
  }

  /// Makes a sink that waits for its closure: a configuration only holds its place.
  public init(_ options: NoOptions) {
    take = nil
  }

  /// Refuses a run in which the closure is missing.
  public func open(_ context: StageContext) async throws {
    if take == nil { throw PipelineError(missingClosure(of: context.name, "ClosureSink")) }
  }

  /// Calls the closure.
  public func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    try await take?(copy batch) ?? .all
  }
}

/// What is wrong with a configuration's `"type": "closure"` that nothing was put in the place of.
func missingClosure(of name: String, _ type: String) -> String {
  "the program gave it no closure; call pipeline.replace(\"\(name)\", with: \(type) { ... })"
}
