/// A stage or connection that can't be opened.
struct OpeningError: Error {
  /// Which one: `connections.genesys`.
  let path: String
  /// Why.
  let cause: any Error
}
