import PatchbayCore
package import PatchbayJSON

/// What is asked of a run's socket: a line of JSON, which lines of JSON answer.
package enum WatchQuestion: Sendable, Equatable {
  /// How it stands, each second.
  case top
  /// What passes through a stage.
  case tap(RunTap.Request)

  package var json: JSONValue {
    switch self {
    case .top: return ["ask": "top"]
    case .tap(let request):
      var members: [JSONValue.Member] = [
        .init("ask", "tap"), .init("stage", .string(request.stage)),
      ]
      if let port = request.port { members.append(.init("port", .string(port.rawValue))) }
      members.append(
        .init(
          "where", .object(request.conditions.map { .init($0.field.rawValue, .string($0.value)) })))
      return .object(members)
    }
  }

  /// Reads a question.
  ///
  /// - Throws: `PipelineError` that says what is wrong with it.
  package init(_ json: JSONValue) throws {
    switch json["ask"]?.string {
    case "top": self = .top
    case "tap":
      guard let stage = json["stage"]?.string else { throw PipelineError("expected a stage") }
      var request = RunTap.Request(stage: stage)
      if let port = json["port"]?.string {
        guard let known = PortName(rawValue: port) else {
          throw PipelineError("there is no port \(OutsideText.shown(port))")
        }
        request.port = known
      }
      for member in json["where"]?.object ?? [] {
        guard let field = RunTap.Condition.Field(rawValue: member.name),
          let value = member.value.string
        else { throw PipelineError("there is no field \(OutsideText.shown(member.name))") }
        request.conditions.append(.init(field, value))
      }
      self = .tap(request)
    default: throw PipelineError("expected the question top or tap")
    }
  }
}
