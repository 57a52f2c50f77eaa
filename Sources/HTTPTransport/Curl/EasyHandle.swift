import CLibcurl

/// One of libcurl's easy handles: it carries out one request at a time, many in a row.
///
/// To set all options costs more than all else that a short request needs, so they stay from one
/// request to the next of its kind. Belongs to the loop's thread.
final class EasyHandle {
  /// What the options depend on, beside the client's configuration.
  private struct Kind: Equatable {
    let url: HTTPURL
    let method: String
    let announcesBody: Bool

    init(_ request: PreparedRequest) {
      url = request.url
      method = request.method
      announcesBody = request.announcesBody
    }
  }

  /// The longest body of which libcurl may keep its copy until the next request.
  private static let longestKeptBody = 64 * 1_024

  let pointer: UnsafeMutableRawPointer

  /// The request that it carries out; nil in between.
  private(set) var transfer: Transfer?

  private let errorBuffer: UnsafeMutablePointer<CChar>
  private let headerList = HeaderList()
  /// The kind of request that the options are set for; nil if they are libcurl's own.
  private var kind: Kind?

  /// Nil if there is no memory for it.
  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(pointer)
    // The handle uses the buffer until then.
    errorBuffer.deallocate()
  }

  /// What libcurl says about the failure, or its general words for the result.
  func explanation(of result: CURLcode) -> String {
    errorBuffer.pointee == 0
      ? String(cString: curl_easy_strerror(result)) : String(cString: errorBuffer)
  }

  /// Makes the handle ready for the next request.
  ///
  /// Open connections are the multi handle's and stay open.
  ///
  /// - Parameter isComplete: whether the exchange went to its end, so that nothing but the options is
  ///   left of it.
  func recycle(isComplete: Bool) {
    let bodyBytes = transfer?.request.body.count ?? 0
    transfer = nil
    errorBuffer.pointee = 0
    if isComplete, bodyBytes <= Self.longestKeptBody { return }
    curl_easy_reset(pointer)
    kind = nil
  }

  /// Sets everything that the transfer's request needs.
  ///
  /// The handle must be new or recycled.
  ///
  /// Until the handle is out of the multi handle again, libcurl calls the transfer through a
  /// pointer to the handle that doesn't retain it: the caller must.
  func prepare(for transfer: Transfer, _ configuration: HTTPClientConfiguration) -> CURLcode {
    self.transfer = transfer
    let request = transfer.request
    var options = OptionWriter(pointer)
    let kind = Kind(request)
    if kind != self.kind {
      if self.kind != nil { curl_easy_reset(pointer) }
      options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer))
      setConnection(&options, request.url, configuration)
      setMethod(&options, request)
      TransferCallbacks.set(&options, self)
      if request.url.scheme == .https, configuration.clientCertificate == nil {
        TransferCallbacks.watchHandshake(&options, self)
      }
      self.kind = options.result == CURLE_OK ? kind : nil
    }
    if kind.announcesBody {
      request.body.withUnsafeBytes {
        options.note(clibcurl_set_body(pointer, $0.baseAddress, $0.count))
      }
    }
    if let first = headerList.fill(request.headerLines) {
      options.set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(first))
    }
    return options.result
  }

  private func setConnection(
    _ options: inout OptionWriter, _ url: HTTPURL, _ configuration: HTTPClientConfiguration
  ) {
    options.set(CURLOPT_URL, url.text)
    // Dots in the path are the server's to interpret; they are part of what was asked for.
    options.set(CURLOPT_PATH_AS_IS, 1)
    options.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    options.note(clibcurl_allow_http_only(pointer))
    options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    options.set(CURLOPT_FOLLOWLOCATION, 0)
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // Signals belong to the program; libcurl's own use of them is not safe among threads.
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_TCP_NODELAY, 1)
    options.set(CURLOPT_TCP_KEEPALIVE, 1)
    options.note(clibcurl_close_sockets_on_exec(pointer))
    options.note(clibcurl_abandon_lookups(pointer))
    options.set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
    // Whole seconds, rounded up: 0 would mean libcurl's own choice of two minutes.
    let idleSeconds = (configuration.maximumIdleTime.wholeMilliseconds + 999) / 1000
    options.set(CURLOPT_MAXAGE_CONN, max(1, idleSeconds))
    options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let caFile = configuration.caFile {
      options.set(CURLOPT_CAINFO, caFile)
      // Else the system's folder of authorities would be trusted beside the file.
      options.clear(CURLOPT_CAPATH)
    }
    if let certificate = configuration.clientCertificate {
      options.set(CURLOPT_SSLCERT, certificate)
      options.set(CURLOPT_SSLKEY, configuration.clientKey ?? certificate)
      // A key with a passphrase fails; else somebody would be asked for it on the terminal.
      options.set(CURLOPT_KEYPASSWD, "")
    }
    if url.isLoopback {
      options.set(CURLOPT_NOPROXY, "*")
      let verification = configuration.allowsUnverifiedLoopback ? 0 : 1
      options.set(CURLOPT_SSL_VERIFYPEER, verification)
      options.set(CURLOPT_SSL_VERIFYHOST, verification * 2)
    }
  }

  private func setMethod(_ options: inout OptionWriter, _ request: PreparedRequest) {
    if request.announcesBody {
      options.set(CURLOPT_POST, 1)
      if request.method != "POST" { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    } else if request.method == "HEAD" {
      options.set(CURLOPT_NOBODY, 1)
    } else {
      options.set(CURLOPT_HTTPGET, 1)
      if request.method != "GET" { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }
  }
}
