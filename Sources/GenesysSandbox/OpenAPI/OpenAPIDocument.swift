import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayJSON

/// The description of everything that the sandbox answers, made of what stands beside each
/// operation ([OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0)).
enum OpenAPIDocument {
  static let json = document(Operation.all)

  private static func document(_ operations: [Operation]) -> JSONValue {
    var paths: [JSONValue.Member] = []
    for operation in operations {
      let member = JSONValue.Member(
        operation.method.rawValue.lowercased(), describe(operation))
      if let index = paths.firstIndex(where: { $0.name == operation.path.text }) {
        guard case .object(let members) = paths[index].value else { continue }
        paths[index].value = .object(members + [member])
      } else {
        paths.append(.init(operation.path.text, .object([member])))
      }
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Patchbay's Genesys Cloud sandbox", "version": "1.0.0",
        "description": """
        What the sandbox answers. The /api/v2 paths and their schemas follow Genesys Cloud's own, \
        as far as the sandbox stands in for them; the /sandbox paths are its control.
        """,
      ],
      "paths": .object(paths),
      "components": [
        "schemas": .object(ComponentSchemas.all.map { .init($0.name, $0.schema.json) }),
        "securitySchemes": [
          "token": ["type": "http", "scheme": "bearer"],
          "client": ["type": "http", "scheme": "basic"],
        ],
      ],
    ]
  }

  private static func describe(_ operation: Operation) -> JSONValue {
    let doc = operation.doc
    var members: [JSONValue.Member] = [
      .init("operationId", .string(doc.id)),
      .init("summary", .string(doc.summary)),
      .init("tags", [.string(doc.tag)]),
    ]
    switch operation.access {
    case .open:
      members.append(
        .init("security", isLogin(operation) ? [["client": []]] : []))
    case .token(let permissions):
      members.append(.init("security", [["token": []]]))
      if !permissions.isEmpty {
        members.append(
          .init("x-permissions", .array(permissions.map { .string($0) })))
      }
    }
    let parameters = operation.path.parameters.map(pathParameter) + doc.query.map(queryParameter)
    if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
    if let body = requestBody(of: operation) { members.append(.init("requestBody", body)) }
    members.append(.init("responses", .object(responses(of: operation))))
    return .object(members)
  }

  private static func pathParameter(_ name: String) -> JSONValue {
    let schema: Schema =
      switch name {
      case "sourceId": .choice(["purecloud"])
      case let id where id.hasSuffix("Id") && id != "channelId": .uuid
      default: Schema(json: ["type": "string", "minLength": 1])
      }
    return [
      "name": .string(name), "in": "path", "required": true, "schema": schema.json,
    ]
  }

  private static func queryParameter(_ parameter: OperationDoc.Parameter) -> JSONValue {
    [
      "name": .string(parameter.name), "in": "query", "description": .string(parameter.doc),
      "schema": parameter.schema.json,
    ]
  }

  private static func requestBody(of operation: Operation) -> JSONValue? {
    if let form = operation.doc.form {
      return [
        "required": true,
        "content": ["application/x-www-form-urlencoded": ["schema": form.json]],
      ]
    }
    return operation.doc.body.map { schema in
      [
        "required": .bool(!operation.doc.isBodyOptional),
        "content": ["application/json": ["schema": schema.json]],
      ]
    }
  }

  private static func responses(of operation: Operation) -> [JSONValue.Member] {
    var responses: [(status: Int, response: JSONValue)] = operation.doc.success.map {
      status, schema in
      var members: [JSONValue.Member] = [.init("description", "Done.")]
      if let schema {
        members.append(
          .init("content", ["application/json": ["schema": schema.json]]))
      } else if operation.doc.isPage, status == 200 {
        members.append(.init("content", page))
      }
      return (status, .object(members))
    }
    for status in refusals(of: operation) {
      let schema: Schema =
        isLogin(operation) && ![405, 413, 415].contains(status)
        ? .named("OAuthError") : .named("ErrorBody")
      var content: [JSONValue.Member] = [
        .init("application/json", ["schema": schema.json])
      ]
      if operation.doc.isPage, status == 400 { content += page.object ?? [] }
      responses.append(
        (
          status,
          [
            "description": .string(words[status] ?? "Refused."), "content": .object(content),
          ]
        ))
    }
    return responses.sorted { $0.status < $1.status }.map { .init(String($0.status), $0.response) }
  }

  /// The statuses that an operation may refuse with, faults included.
  private static func refusals(of operation: Operation) -> [Int] {
    var statuses = Set(operation.doc.refusals + [400, 405, 413, 415])
    if case .token = operation.access { statuses.formUnion([401, 403]) }
    if operation.surface == .platform || isLogin(operation) {
      statuses.formUnion([429, 500, 503, 504])
    }
    return statuses.sorted()
  }

  /// Whether it refuses in the words of RFC 6749.
  private static func isLogin(_ operation: Operation) -> Bool {
    operation.path.text == LoginAPI.tokenPath
  }

  private static let page: JSONValue = ["text/html": ["schema": ["type": "string"]]]

  private static let words = [
    400: "The request is wrong.", 401: "The login or its token is refused.",
    403: "The token lacks a permission.", 404: "There is no such thing.",
    405: "The path doesn't understand the method.",
    408: "It didn't come in time.",
    409: "The request contradicts how things stand.", 413: "The body is too large.",
    415: "The body is of another type.", 429: "Too many requests.", 500: "A fault on purpose.",
    503: "A fault on purpose.", 504: "A fault on purpose.",
  ]
}
