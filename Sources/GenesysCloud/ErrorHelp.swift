/// Causes and cures of the statuses that users meet, as the tutorial's contract promises them.
package enum ErrorHelp {
  /// Causes and cures of a status; nil for statuses that explain themselves.
  ///
  /// - Parameter permissions: those that the requests take.
  package static func text(
    forStatus status: Int, permissions: [String] = [WorkspaceAPI.requiredPermission]
  ) -> String? {
    switch status {
    case 400:
      """
      HTTP 400 - the platform could not use the event.
        Causes: a malformed sequence_id; a required field is missing; an unknown state.
        Cures: validate before sending (validator "interaction-event"); write UUIDs in lower case; \
      write states exactly as in the taxonomy.
      """
    case 401:
      """
      HTTP 401 - the login or its token was refused.
        Causes: the token is missing or expired; the client id or secret is wrong; the region \
      doesn't match the organisation.
        Cures: check GENESYS_CLOUD_CLIENT_ID, GENESYS_CLOUD_CLIENT_SECRET and \
      GENESYS_CLOUD_REGION, all three.
      """
    case 403:
      """
      HTTP 403 - the login is fine, but may not do this.
        Causes: the client lacks the permission \(permissions.joined(separator: ", or ")); the agent \
      belongs to another organisation.
        Cures: give the client's role that permission; check the agent's organisation.
      """
    case 429:
      """
      HTTP 429 - above the rate limit.
        Causes: more requests a minute than the endpoint allows (100 to 200).
        Cures: back off exponentially; send smaller batches; pause between calls.
      """
    default: nil
    }
  }
}
