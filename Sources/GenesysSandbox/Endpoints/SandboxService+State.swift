import HTTPTypes
import PatchbayJSON

/// `GET` and `DELETE /sandbox/state`: what the sandbox knows, for tests and people.
extension SandboxService {
  func showOrReset(_ request: IncomingRequest) throws(Refusal) -> Answer {
    if request.method == .delete {
      withModel { $0.reset() }
      return Answer(status: 204)
    }
    let name = "events"
    guard let query = FormFields(parsing: request.target.query.utf8) else {
      throw .badRequest("the query can't be decoded")
    }
    let includesEvents: Bool
    switch query[name].last {
    case "true": includesEvents = true
    case "false", nil: includesEvents = false
    case .some(let value): throw .invalidQuery(name, value, allowed: "true, false")
    }
    return Answer(
      status: 200, body: withModel { $0.report(includingEvents: includesEvents) })
  }
}
