package import PatchbayCore
package import PatchbayJSON

/// What passed between an integration and an organisation, without secrets and personal data.
///
/// A file of JSON lines: one that says what it is, then one for each exchange.
package struct Recording: Sendable {
  /// A request and its answer.
  package struct Exchange: Sendable {
    /// When the request came.
    package var time: Timestamp
    /// Which of the tokens was sent, from 1; nil if none was.
    package var token: Int?
    package var method: String
    /// Path and query.
    package var target: String
    /// Nil if there was none, or it was no JSON.
    package var requestBody: JSONValue?
    package var status: Int
    /// Nil if there was none, or it was no JSON.
    package var responseBody: JSONValue?
    /// Which token the answer gave, from 1; nil if it gave none.
    package var givesToken: Int?
  }

  package var exchanges: [Exchange]

  /// The line that a file begins with.
  static let head: JSONValue = ["patchbay_recording": 1]

  /// Reads a file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, `PipelineError` with the line if it is none.
  package static func read(_ path: String) throws -> Recording {
    let bytes = try InputFile.contents(of: path, upTo: 1 << 30)
    var exchanges: [Exchange] = []
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty { continue }
      do {
        let value = try JSONValue(parsing: Array(line), limits: JSONLimits(bytes: 1 << 26))
        if number == 1 {
          guard value["patchbay_recording"] == 1 else {
            throw PipelineError("expected a recording of `patchbay record`")
          }
          continue
        }
        exchanges.append(try Exchange(value))
      } catch {
        throw PipelineError("\(path):\(number): \(error)", cause: error)
      }
    }
    if number == 0 || exchanges.isEmpty {
      throw PipelineError("\(path): there is no exchange in it")
    }
    return Recording(exchanges: exchanges)
  }
}

extension Recording.Exchange {
  fileprivate init(_ value: JSONValue) throws {
    guard let time = value["time"]?.string.flatMap({ Timestamp($0) }),
      let method = value["method"]?.string, let target = value["target"]?.string,
      target.hasPrefix("/"), let status = value["status"]?.integer
    else { throw PipelineError("expected time, method, target and status of an exchange") }
    self.init(
      time: time, token: value["token"]?.integer, method: method, target: target,
      requestBody: value["request"], status: status, responseBody: value["response"],
      givesToken: value["gives_token"]?.integer)
  }

  /// The exchange as a line of a file.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("time", .string(time.description)), .init("method", .string(method)),
      .init("target", .string(target)),
    ]
    if let token { members.append(.init("token", .integer(token))) }
    if let requestBody { members.append(.init("request", requestBody)) }
    members.append(.init("status", .integer(status)))
    if let responseBody { members.append(.init("response", responseBody)) }
    if let givesToken { members.append(.init("gives_token", .integer(givesToken))) }
    return .object(members)
  }
}
