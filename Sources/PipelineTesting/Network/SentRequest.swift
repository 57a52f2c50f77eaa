import HTTPTransport
import PatchbayCore
import PatchbayJSON

/// A request that a stage sent in a test, and when.
struct SentRequest: Sendable {
  let request: HTTPRequest
  /// The time on the run's clock since its start.
  let time: Duration

  /// The request as it was sent, for people: its body byte by byte, as far as a terminal can show it.
  var lines: [String] {
    let type = request.headers.first("Content-Type").map { ", \($0)" } ?? ""
    let body = request.body.split(separator: 0x0A).map {
      "  " + OutsideText.shown(Array($0), longest: Self.mostShown)
    }
    return ["\(OutsideText.shown("\(request.method) \(request.url)")) (\(time.optionText)\(type))"]
      + body
  }

  /// The most bytes of a body's line that are shown.
  private static let mostShown = 4_096

  /// The request as tests write it: header names in lower case, the body as JSON if it is some.
  var json: JSONValue {
    let body =
      (try? JSONValue(parsing: request.body))
      ?? .string(String(decoding: request.body, as: UTF8.self))
    return [
      "method": .string(request.method), "url": .string(request.url),
      "at": .string(time.optionText),
      "headers": .object(
        request.headers.names.map {
          .init($0.lowercased(), .string(request.headers.all($0).joined(separator: ", ")))
        }),
      "body": body,
    ]
  }
}
