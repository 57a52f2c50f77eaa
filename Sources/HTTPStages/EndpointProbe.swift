import HTTPDelivery
import HTTPTransport
import PatchbayCore

/// Asks an endpoint for its header fields alone, which is safe whatever it is (RFC 9110 §9.3.2).
struct EndpointProbe {
  let url: String
  let headers: HeaderFields
  let timeout: Duration

  /// Looks whether somebody answers there.
  func check(_ client: any HTTPRequester) async -> Check {
    let subject = "endpoint"
    var fields = HTTPHeaders()
    headers.replace(in: &fields)
    do {
      let response = try await client.send(
        HTTPRequest(method: "HEAD", url: url, headers: fields, timeout: timeout))
      let route = EnvironmentProxy.route(to: url)
      let text =
        "answers HEAD with HTTP \(response.status)" + (route.map { ", \($0)" } ?? "")
      switch response.status {
      case 300...399:
        return .doubtful(
          subject, text, cure: "give the address that it points to; redirects aren't followed")
      case 401, 403:
        return .doubtful(subject, text, cure: "check what \"headers\" says, such as Authorization")
      // It may have no use for a request without a body, and is there.
      case 405, 501: return .good(subject, "\(text), which it doesn't take, so it can be reached")
      case 500...:
        return .doubtful(subject, text, cure: "look at the server; it may not be ready")
      default: return .good(subject, "\(text), so it can be reached")
      }
    } catch {
      return .unreachable(subject, error)
    }
  }
}
