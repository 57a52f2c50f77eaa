/// A stage or connection that can't be opened.
struct OpeningError: Error, CustomStringConvertible {
  /// Which one: `connections.genesys`.
  let path: String
  /// Why.
  let cause: any Error

  var description: String { "\(path): \(cause)" }

  /// Whether it was given up because the run has to end.
  var isCancelled: Bool { cause is CancellationError }
}
