public import HTTPTransport
public import PatchbayJSON

extension HTTPResponse {
  /// Makes an answer that took no time.
  ///
  /// - Parameters:
  ///   - status: the status code.
  ///   - headers: the header fields.
  ///   - body: what the body says as JSON; nil for none.
  public static func answer(
    _ status: Int, _ headers: HTTPHeaders = [:], _ body: JSONValue? = nil
  ) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers, body: body.map { Array($0.text().utf8) } ?? [],
      timings: HTTPTimings(total: .zero))
  }
}
