public import PatchbayJSON

extension PlatformError {
  /// Reads an answer's body, leniently: a member of another type than documented counts as absent.
  ///
  /// Nil if it is no object, or has neither a message nor a code: then it isn't the platform's.
  public init?(parsing value: JSONValue) {
    let message = value["message"]?.string
    let code = value["code"]?.string
    guard message != nil || code != nil else { return nil }
    self.init(code ?? "", status: value["status"]?.integer, message ?? "")
    entityID = value["entityId"]?.string
    entityName = value["entityName"]?.string
    messageWithParams = value["messageWithParams"]?.string
    messageParams = (value["messageParams"]?.object ?? []).map {
      Parameter($0.name, $0.value.string ?? $0.value.text())
    }
    contextID = value["contextId"]?.string
    details = (value["details"]?.array ?? []).map(Detail.init(parsing:))
    errors = (value["errors"]?.array ?? []).compactMap(PlatformError.init(parsing:))
    if let limit = value["limit"], limit.object != nil { self.limit = Limit(parsing: limit) }
  }

  /// The answer's body; absent members are left out, the lists are always there.
  public var json: JSONValue {
    var members = JSONMembers()
    members.add("message", .string(message))
    members.add("code", .string(code))
    members.add("status", status.map { .integer($0) })
    members.add("entityId", entityID)
    members.add("entityName", entityName)
    members.add("messageWithParams", messageWithParams)
    if !messageParams.isEmpty {
      members.add("messageParams", .object(messageParams.map { .init($0.name, .string($0.value)) }))
    }
    members.add("contextId", contextID)
    members.add("details", .array(details.map(\.json)))
    members.add("errors", .array(errors.map(\.json)))
    members.add("limit", limit?.json)
    return members.json
  }
}

extension PlatformError.Detail {
  fileprivate init(parsing value: JSONValue) {
    self.init(
      errorCode: value["errorCode"]?.string, fieldName: value["fieldName"]?.string,
      entityID: value["entityId"]?.string, entityName: value["entityName"]?.string)
  }

  fileprivate var json: JSONValue {
    var members = JSONMembers()
    members.add("errorCode", errorCode)
    members.add("fieldName", fieldName)
    members.add("entityId", entityID)
    members.add("entityName", entityName)
    return members.json
  }
}

extension PlatformError.Limit {
  fileprivate init(parsing value: JSONValue) {
    self.init(
      key: value["key"]?.string, namespace: value["namespace"]?.string,
      value: value["value"]?.integer)
  }

  fileprivate var json: JSONValue {
    var members = JSONMembers()
    members.add("key", key)
    members.add("namespace", namespace)
    members.add("value", value.map { .integer($0) })
    return members.json
  }
}

/// Collects an object's members and leaves out those without a value.
private struct JSONMembers {
  private var members: [JSONValue.Member] = []

  var json: JSONValue { .object(members) }

  mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { members.append(.init(name, value)) }
  }

  mutating func add(_ name: String, _ text: String?) {
    add(name, text.map { JSONValue.string($0) })
  }
}
