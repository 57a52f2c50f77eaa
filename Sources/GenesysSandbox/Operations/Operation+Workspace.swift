import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What only the sandbox has: the tutorial's event endpoint and a QA receiver.
extension Operation {
  static let workspace: [Operation] = [
    Operation(
      .post, WorkspaceAPI.eventsPath, access: .token(anyOf: [WorkspaceAPI.requiredPermission]),
      doc: OperationDoc(
        "postInteractionsEvents",
        "Takes events of agent desktops. The real platform has no such path.", tag: "Workspace",
        query: [
          .init(
            WorkspaceAPI.asynchronousParameter, .boolean,
            doc: "Whether to answer 202 instead of 200.")
        ],
        body: .list(.named("WorkspaceEvent"), minimum: 1),
        success: [200: .named("WorkspaceReceipt"), 202: .named("WorkspaceReceipt")])
    ) { call, _ throws(Refusal) in
      let usual = WorkspaceEventReader.usual(try call.jsonBytes())
      let body = usual == nil ? try call.json() : .null
      let status = try successStatus(of: call)
      let events: [WorkspaceEvent]
      if let usual { events = usual } else { events = try WorkspaceEventReader.read(body) }
      var work = Work { model throws(Refusal) in
        let duplicates = model.receive(events)
        let receipt = WorkspaceReceipt(
          accepted: events.map(\.sequenceText),
          duplicates: duplicates.map { events[$0].sequenceText })
        return Answer(status: status, body: receipt.json)
      }
      work.key = KeyedRandom.key(events.map(\.sequenceID).joined(separator: [0]))
      work.attempt = { $0.deliveries(of: events) }
      work.arrive = { $0.note(events) }
      return work
    },
    Operation(
      .post, GenesysSandbox.qaMetricsPath, surface: .surroundings, access: .open,
      readsOwnQuery: true,
      doc: OperationDoc(
        "postQaMetrics", "Takes the metrics of a rehearsal, as a QA platform would.",
        tag: "Workspace", body: .map,
        success: [201: .object([.always("received", .count)])])
    ) { call, _ throws(Refusal) in
      let document = try call.json(upTo: Self.longestDocument)
      guard document.object != nil else {
        throw .badRequest("expected an object, found \(document.kind)")
      }
      return Work { model throws(Refusal) in
        model.receive(document: document)
        return Answer(status: 201, body: ["received": .integer(model.counts.documentCount)])
      }
    },
  ]

  /// The longest document of metrics that is taken; the last ones are kept.
  private static let longestDocument = ByteCount(bytes: 1 << 20)

  /// 202 if the client doesn't want to wait for the events to be worked on, else 200.
  ///
  /// The sandbox has worked on them in both cases.
  private static func successStatus(of call: Call) throws(Refusal) -> Int {
    let name = WorkspaceAPI.asynchronousParameter
    return try call.query().flag(name) ? 202 : 200
  }
}

extension FormFields {
  /// A parameter that is `true` or `false`; false if it is missing.
  func flag(_ name: String) throws(Refusal) -> Bool {
    switch self[name].last {
    case "true": return true
    case "false", nil: return false
    case .some(let value): throw .invalidQuery(name, value, allowed: "true, false")
    }
  }
}
