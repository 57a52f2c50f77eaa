package import PatchbayCore

/// Where a QA document goes: a URL, the sandbox's receiver, or nowhere.
package enum QATarget: OptionText, Equatable {
  /// Nowhere: the export is off.
  case off
  /// The receiver of the embedded sandbox.
  case sandbox
  /// A QA system.
  case url(EndpointURL)

  /// The QA system's address, if there is one.
  var endpoint: EndpointURL? { if case .url(let url) = self { url } else { nil } }

  package static var grammar: (name: String, example: String, pattern: String?) {
    ("URL", "https://qa.example.com/runs", "^(|sandbox|[Hh][Tt][Tt][Pp][Ss]?://[!-~]+)$")
  }

  package init?(optionText text: String) {
    switch text {
    case "": self = .off
    case "sandbox": self = .sandbox
    default:
      guard let url = EndpointURL(optionText: text) else { return nil }
      self = .url(url)
    }
  }

  package static func problem(with optionText: String) -> String? {
    EndpointURL.problem(with: optionText)
  }

  package var optionText: String {
    switch self {
    case .off: ""
    case .sandbox: "sandbox"
    case .url(let url): url.text
    }
  }
}
