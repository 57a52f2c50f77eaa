package import HTTPDelivery
import HTTPTransport
import PatchbayJSON

extension Exchange {
  /// The platform's own words for why a request was refused; nil if it has none.
  var platformError: PlatformError? {
    guard case .refusal(let response) = ending else { return nil }
    return (try? JSONValue(parsing: response.body)).flatMap { PlatformError(parsing: $0) }
  }

  /// Why the request wasn't accepted: a short code, and a sentence with the platform's own words.
  package var platformExplanation: (code: String, reason: String) {
    guard let error = platformError else { return explanation() }
    let details = error.details.compactMap { detail in
      detail.fieldName.map { "\($0): \(detail.errorCode ?? "is wrong")" }
    }
    let list = details.isEmpty ? "" : " [\(details.prefix(5).joined(separator: ", "))]"
    return explanation(quoting: "\(error.message)\(list)")
  }
}
