/// A stage or connection that can look, before a run, whether the run would find what it needs
/// outside; `patchbay doctor` asks it.
///
/// What it asks must change nothing there: reads, or requests that are safe in the sense of HTTP
/// (RFC 9110 §9.2.1). A login is the one exception.
public protocol Examinable: Sendable {
  /// Looks, and says what was found.
  ///
  /// Called on a stage or connection that isn't open, any number of times. A stage gets its open
  /// connection from the context. The time is real on every configuration.
  ///
  /// - Parameters:
  ///   - context: what the outside world is to it.
  ///   - input: what would come in; nothing for a connection.
  /// - Throws: what kept it from looking at all; it counts as a bad check.
  func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check]
}
