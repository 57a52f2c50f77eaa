import ContactModel
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

  package static var grammar: (name: String, example: String, pattern: String?) {
    ("region or loopback URL", "eu-central-1", pattern)
  }

  /// The names, and URLs whose host may be this machine.
  private static let pattern: String = {
    let names = (PlatformRegions.domains.keys.sorted() + PlatformRegions.domains.values.sorted())
      .map {
        $0.replacing(".", with: #"\."#)
      }
    let loopback = #"([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127\.[0-9.]+|\[[0-9A-Fa-f:.]+\])"#
    return
      "^(sandbox|\(names.joined(separator: "|"))|[Hh][Tt][Tt][Pp][Ss]?://\(loopback)(:[0-9]+)?/?)$"
  }()

  package init?(optionText text: String) {
    if text == "sandbox" {
      self = .sandbox
    } else if let domain = PlatformRegions.domains[text] {
      self = .platform(domain: domain)
    } else if PlatformRegions.domains.values.contains(text) {
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
