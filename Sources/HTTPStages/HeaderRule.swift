import HTTPTransport
import PatchbayCore

/// What header fields of a stage's options must be, so that no request is refused for them later.
enum HeaderRule {
  /// Names are tokens and values have no line breaks (RFC 9110 §5.5 and §5.6.2).
  static let rule: OptionRule<[String: Secret]> = .that(
    "header fields, with names such as X-Run and values on one line"
  ) { headers in
    headers.allSatisfy { HTTPHeader(name: $0.key, value: $0.value.reveal()).isWellFormed }
  }
}
