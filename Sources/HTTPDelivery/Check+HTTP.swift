package import HTTPTransport
package import PatchbayCore

extension Check {
  /// A host that gave no answer: why, and what to do.
  package static func unreachable(_ subject: String, _ error: HTTPError) -> Check {
    .bad(subject, "no answer: \(error)", cure: cure(of: error))
  }

  private static func cure(of error: HTTPError) -> String {
    if error.wantsClientCertificate {
      return
        "have the server's operator give you a certificate, and name it in \"client_certificate\""
    }
    return switch error.kind {
    case .nameLookup:
      "check the host's name, this machine's DNS, and HTTPS_PROXY if there is a proxy"
    case .connect:
      "check that the server runs, host and port, and firewalls in between"
    case .tls:
      "check that the port speaks TLS (else http://), this machine's clock, and \"ca_file\" for a "
        + "private authority"
    case .timeout:
      "check for a firewall that drops packets, or raise \"timeout\""
    case .dropped, .protocolViolation:
      "look at the server and at what is in between; perhaps the address must begin with https://"
    case .invalidURL, .invalidRequest, .responseTooLarge, .cancelled, .closed, .other:
      "check the address"
    }
  }

  /// How far a server's clock is from the run's, as the `Date` field of an answer tells.
  ///
  /// The field has whole seconds (RFC 9110 §5.6.7), so less than two can't be told from none.
  ///
  /// - Parameters:
  ///   - sent: when the request was sent, on the run's clock.
  ///   - received: when the answer was there.
  package static func clock(
    _ response: HTTPResponse, sent: Timestamp, received: Timestamp
  ) -> Check {
    guard let date = response.headers.first("Date").flatMap({ HTTPDate.parse($0, now: received) })
    else {
      return .unchecked("clock", "the answer has no Date to compare with")
    }
    // The server wrote the date at some moment between `sent` and `received`, and left out what is
    // less than a second.
    let middle = sent.advanced(byNanoseconds: received.nanosecondsSince(sent) / 2)
    let offset = date.advanced(by: .milliseconds(500)).since(middle)
    let uncertainty = received.since(sent) / 2 + .milliseconds(500)
    let size = max(offset, .zero - offset)
    if size - uncertainty < .seconds(2) {
      return .good("clock", "agrees with this machine's within 2s")
    }
    let text = Duration.seconds(abs((offset / .seconds(1)).rounded(.down))).optionText
    let side = offset > .zero ? "ahead of" : "behind"
    return .doubtful(
      "clock", "the server's is \(text) \(side) this machine's",
      cure: "set this machine's clock by NTP: events carry its time, and tokens end by it")
  }
}
