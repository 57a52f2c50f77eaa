import CLibcurl

extension Transfer {
  private static let closedReusedConnection =
    "the server closed the reused connection before the response began"

  /// `CURLE_TOO_LARGE`, which libcurl has since version 8.6.
  private static let tooLarge = CURLcode(100)

  /// The response, or why there is none, after libcurl is done with the request.
  func outcome(of result: CURLcode) -> Result<HTTPResponse, HTTPError> {
    let isRefusedExpectation = isResendRefused && response.status == 417
    let isBodyDropped = request.dropsOverlongBody && response.isBodyTooLong
    let isWhole = result == CURLE_OK
    guard response.hasFinalHead, isWhole || isRefusedExpectation || isBodyDropped else {
      return .failure(failure(of: result))
    }
    return .success(
      HTTPResponse(
        status: response.status, headers: response.headers, body: isWhole ? response.body : [],
        isBodyDropped: isBodyDropped, timings: timings(now: .now)))
  }

  /// The failure of a request whose time is up.
  func timeout() -> HTTPError {
    let activity =
      if handle == nil {
        "waiting for a free connection"
      } else if !hasBegunWriting {
        "connecting"
      } else if !response.hasFinalHead {
        "waiting for the response"
      } else {
        "receiving the response"
      }
    return error(.timeout, "timed out after \(request.timeout.inSeconds) while \(activity)")
  }

  /// A failure of this request that is not libcurl's.
  func error(_ kind: HTTPError.Kind, _ problem: String) -> HTTPError {
    var error = HTTPError(
      kind: kind, message: "\(request.url.authority): \(problem)",
      mayHaveReachedServer: hasBegunWriting, timings: timings(now: .now))
    if isAskedForCertificate, !response.hasFinalHead {
      error.wantsClientCertificate = true
      error.message +=
        "; the server had asked for a client certificate (client_certificate and client_key)"
    }
    return error
  }

  private func failure(of result: CURLcode) -> HTTPError {
    if let failure = response.failure { return error(of: failure) }
    if isResendRefused {
      return error(.dropped, Self.closedReusedConnection)
    }
    let explanation = handle?.explanation(of: result) ?? ""
    if explanation.contains(Self.certificateRequired) { return missingCertificate }
    return hasBegunWriting
      ? lateFailure(of: result, explanation) : earlyFailure(of: result, explanation)
  }

  /// What OpenSSL says when the server ends a connection for want of a certificate (RFC 8446 §6, alert
  /// 116).
  ///
  /// In TLS 1.3 that comes when the request may have been written, but before the server takes any.
  private static let certificateRequired = "certificate required"

  private var missingCertificate: HTTPError {
    var error = error(.tls, "the server ended the connection: it requires a certificate")
    error.mayHaveReachedServer = false
    return error
  }

  private func error(of failure: ResponseCollector.Failure) -> HTTPError {
    switch failure {
    case .bodyTooLong:
      error(
        .responseTooLarge,
        "the response's body is longer than \(request.maximumResponseBytes) bytes")
    case .headersTooLong:
      headersTooLong
    case .malformed(let problem):
      error(.protocolViolation, "not a valid HTTP/1 response: \(problem)")
    }
  }

  private var headersTooLong: HTTPError {
    error(
      .responseTooLarge,
      "the response's headers are longer than \(ResponseCollector.maximumHeaderBytes) bytes")
  }

  /// A failure before a connection was ready.
  private func earlyFailure(of result: CURLcode, _ explanation: String) -> HTTPError {
    switch result {
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(.nameLookup, "cannot find the host's address")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return error(.nameLookup, "cannot find the address of the proxy that the environment names")
    case CURLE_OPERATION_TIMEDOUT:
      return error(.timeout, "timed out while connecting")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      return error(.tls, "cannot establish TLS: \(explanation)")
    case CURLE_COULDNT_CONNECT:
      let cause = handle?.connectExplanation(of: result) ?? explanation
      return error(.connect, "cannot connect: \(cause)")
    case CURLE_PROXY, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
      return error(.connect, "cannot connect: \(explanation)")
    case CURLE_URL_MALFORMAT:
      return error(.invalidURL, "invalid URL: \(explanation)")
    default:
      return error(.other, explanation)
    }
  }

  /// A failure once a connection was ready.
  private func lateFailure(of result: CURLcode, _ explanation: String) -> HTTPError {
    let moment = response.hasFinalHead ? "was complete" : "began"
    switch result {
    case CURLE_OK, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
      // It is fine with libcurl if a response ends in the middle of its head.
      return error(.dropped, "the server closed the connection before the response \(moment)")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      return error(.protocolViolation, "not a valid HTTP/1 response: \(explanation)")
    case CURLE_OUT_OF_MEMORY where !response.hasFinalHead, Self.tooLarge:
      // libcurl's own limit on the length of one header line is reported like this.
      return headersTooLong
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
      return error(
        .dropped, "the connection broke before the response \(moment): \(explanation)")
    case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY,
      CURLE_PROXY, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR,
      CURLE_PEER_FAILED_VERIFICATION:
      // An attempt to send the request again, which failed before it could be refused.
      return error(.dropped, Self.closedReusedConnection)
    default:
      return error(.other, explanation)
    }
  }
}
