import GenesysCloud
import PatchbayJSON
import Testing

/// An answer, read by a parser that knows only what the sandbox sends.
struct ReceivedAnswer: Sendable {
  var status: Int
  var fields: [(name: String, value: String)] = []
  var body: [UInt8]
  /// What follows the body's declared length: the next answer on the same connection.
  var rest: [UInt8]

  init(parsing bytes: [UInt8], hasBody: Bool = true) throws {
    let end = Array("\r\n\r\n".utf8)
    let headEnd = try #require(
      bytes.indices.first { bytes[$0...].starts(with: end) }, "no head in \(bytes.count) bytes")
    let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
    let lines = head.split(separator: "\r\n")
    let words = try #require(lines.first).split(separator: " ")
    try #require(words.first == "HTTP/1.1")
    status = try #require(Int(words[1]))
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields.append((String(parts[0]), parts[1].drop { $0 == " " }.description))
    }
    let remaining = bytes[(headEnd + 4)...]
    let length = fields.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
    let count = hasBody ? length ?? 0 : 0
    try #require(remaining.count >= count)
    body = Array(remaining.prefix(count))
    rest = Array(remaining.dropFirst(count))
  }

  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var json: JSONValue {
    get throws { try JSONValue(parsing: body) }
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The headers that say what is peculiar to this answer: not the date, the length, the request.
  var notableFields: [String] {
    let common = [
      "date", "content-length", "cache-control", "content-type", "connection",
      "inin-correlation-id",
    ]
    return fields.filter { !common.contains($0.name.lowercased()) }.map {
      "\($0.name.lowercased()): \($0.value)"
    }
  }

  /// The body that an error of the platform has in this answer.
  func expected(
    _ code: String, _ message: String, details: [JSONValue] = [], limit: JSONValue? = nil
  ) -> String {
    var members: [JSONValue.Member] = [
      .init("message", .string(message)), .init("code", .string(code)),
      .init("status", .integer(status)),
      .init("contextId", .string(self[PlatformHeader.correlationID] ?? "none")),
      .init("details", .array(details)), .init("errors", []),
    ]
    if let limit { members.append(.init("limit", limit)) }
    return JSONValue.object(members).text()
  }
}
