/// Finds open connections by name, and keeps what works beside the run.
package protocol ConnectionResolver: Sendable {
  func connection(_ name: String) async throws -> any Connection
  func start(_ work: @escaping @Sendable () async -> Void)
}
