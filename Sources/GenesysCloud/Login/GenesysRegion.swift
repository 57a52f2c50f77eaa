import HTTPTransport
import PatchbayCore

/// Where a Genesys Cloud organisation lives.
package enum GenesysRegion: OptionText, Equatable {
  /// The embedded sandbox of the run.
  case sandbox
  /// A sandbox that runs by itself, on the loopback interface.
  case loopback(String)
  /// A real region, by its domain such as `mypurecloud.de`.
  case platform(domain: String)

  /// The platform's regions by AWS name, from the official Python SDK 269.0.0
  /// (`purecloud_region_hosts.py`).
  static let domains = [
    "us-east-1": "mypurecloud.com", "us-east-2": "use2.us-gov-pure.cloud",
    "us-west-2": "usw2.pure.cloud", "ca-central-1": "cac1.pure.cloud",
    "sa-east-1": "sae1.pure.cloud", "mx-central-1": "mxc1.pure.cloud",
    "eu-west-1": "mypurecloud.ie", "eu-west-2": "euw2.pure.cloud",
    "eu-central-1": "mypurecloud.de", "eu-central-2": "euc2.pure.cloud",
    "eusc-de-east-1": "edee1.eusc-pure.cloud", "me-central-1": "mec1.pure.cloud",
    "ap-south-1": "aps1.pure.cloud", "ap-southeast-1": "apse1.pure.cloud",
    "ap-southeast-2": "mypurecloud.com.au", "ap-northeast-1": "mypurecloud.jp",
    "ap-northeast-2": "apne2.pure.cloud", "ap-northeast-3": "apne3.pure.cloud",
  ]

  package static var grammar: (name: String, example: String, pattern: String?) {
    ("region or loopback URL", "eu-central-1", pattern)
  }

  /// The names, and URLs whose host may be this machine.
  private static let pattern: String = {
    let names = (domains.keys.sorted() + domains.values.sorted()).map {
      $0.replacing(".", with: #"\."#)
    }
    let loopback = #"([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127\.[0-9.]+|\[[0-9A-Fa-f:.]+\])"#
    return
      "^(sandbox|\(names.joined(separator: "|"))|[Hh][Tt][Tt][Pp][Ss]?://\(loopback)(:[0-9]+)?/?)$"
  }()

  package init?(optionText text: String) {
    if text == "sandbox" {
      self = .sandbox
    } else if let domain = Self.domains[text] {
      self = .platform(domain: domain)
    } else if Self.domains.values.contains(text) {
      self = .platform(domain: text)
    } else if let url = EndpointURL(optionText: text),
      LoopbackHost.contains(host: url.host), ["", "/"].contains(url.path), url.query == nil
    {
      self = .loopback(text.hasSuffix("/") ? String(text.dropLast()) : text)
    } else {
      return nil
    }
  }

  package var optionText: String {
    switch self {
    case .sandbox: "sandbox"
    case .loopback(let url): url
    case .platform(let domain): domain
    }
  }
}
