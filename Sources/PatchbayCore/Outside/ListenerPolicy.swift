/// Whose requests a listener on this machine answers.
///
/// A listener on the loopback interface can be reached by every web page that somebody on this machine
/// looks at. A browser names the page in `Origin` or says in `Sec-Fetch-Site` that it is another's, and
/// a name that was made to point to 127.0.0.1 ("DNS rebinding") stands in `Host`: neither can be
/// changed by the page. Programs send no `Origin`, and the address that they were told as `Host`.
///
/// Rules: RFC 9110 §7.2 and §7.4 for `Host` and 421, RFC 6454 and the
/// [Fetch standard](https://fetch.spec.whatwg.org/#origin-header) for `Origin`,
/// [Fetch Metadata](https://www.w3.org/TR/fetch-metadata/) for `Sec-Fetch-Site`.
public struct ListenerPolicy: Sendable {
  /// Why a request isn't answered.
  public struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The status that says so: 400, 403 or 421.
    public let status: Int
    /// A sentence for whoever sent it, with what to do.
    public let description: String
  }

  /// The header fields that count, each as often as it was sent.
  public struct Fields: Sendable {
    /// `Host`.
    public var host: [String] = []
    /// `Origin`.
    public var origin: [String] = []
    /// `Sec-Fetch-Site`.
    public var fetchSite: [String] = []

    /// Makes a request's fields.
    public init(host: [String] = [], origin: [String] = [], fetchSite: [String] = []) {
      self.host = host
      self.origin = origin
      self.fetchSite = fetchSite
    }
  }

  private static let ownNames: Set = ["localhost", "127.0.0.1", "[::1]"]

  private let names: Set<String>
  private let origins: Set<String>

  /// Makes a policy.
  ///
  /// - Parameters:
  ///   - hosts: names that it answers to beside those of the loopback interface, without a port.
  ///   - origins: pages that may use it beside its own, such as `http://localhost:3000`.
  public init(hosts: [String] = [], origins: [String] = []) {
    names = Self.ownNames.union(hosts.map { $0.lowercased() })
    self.origins = Set(origins.map { $0.lowercased() })
  }

  /// Checks a request.
  ///
  /// - Parameters:
  ///   - fields: what it says of itself.
  ///   - authority: host and port of a target that is a whole URL, which counts instead of `Host`.
  /// - Returns: why it isn't answered; nil if it is.
  public func refusal(_ fields: Fields, authority: String? = nil) -> Refusal? {
    guard let host = fields.host.first, fields.host.count == 1 else {
      return Refusal(
        status: 400, description: "expected one header Host, found \(fields.host.count)")
    }
    for asked in [host, authority].compactMap({ $0 }) where !names.contains(Self.name(of: asked)) {
      return Refusal(
        status: 421,
        description:
          "the host \(asked.quoted) isn't this one's; use 127.0.0.1 or localhost, or name it "
          + "in the option \"hosts\"")
    }
    return foreignPage(fields, host: authority ?? host)
  }

  private func foreignPage(_ fields: Fields, host: String) -> Refusal? {
    let foreign = fields.origin.first { origin in
      let origin = origin.lowercased()
      return origin != "http://\(host.lowercased())" && !origins.contains(origin)
    }
    if let foreign {
      return Refusal(
        status: 403,
        description:
          "pages of \(foreign.quoted) may not use this; name them in the option \"origins\"")
    }
    // What a browser sends without an origin, such as for an image, it says the site of.
    let isForeign = fields.fetchSite.contains {
      !["same-origin", "none"].contains($0.lowercased())
    }
    guard fields.origin.isEmpty, isForeign else { return nil }
    return Refusal(
      status: 403, description: "pages of other sites may not use this (Sec-Fetch-Site)")
  }

  /// A host without its port, in lower case.
  private static func name(of authority: String) -> String {
    let text = authority.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      return rest.isEmpty || isPort(rest) ? String(text[...end]) : text
    }
    guard let colon = text.firstIndex(of: ":") else { return text }
    return isPort(text[colon...]) ? String(text[..<colon]) : text
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.first == ":" && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
