import PatchbayJSON

/// `POST /qa/metrics`: takes the metrics of a rehearsal, as a QA platform would.
extension SandboxService {
  func receiveDocument(_ request: IncomingRequest) throws(Refusal) -> Answer {
    let document = try json(of: request)
    guard document.object != nil else {
      throw .badRequest("expected an object, found \(JSONNode(document).kind)")
    }
    let received = withModel {
      $0.receive(document: document)
      return $0.counts.documentCount
    }
    return Answer(status: 201, body: ["received": .integer(received)])
  }
}
