import CLibcurl

/// One of libcurl's easy handles: it carries out one request at a time, many in a row.
///
/// Belongs to the loop's thread.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer

  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var headerLines: UnsafeMutablePointer<curl_slist>?

  /// Nil if there is no memory for it.
  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(pointer)
    // The handle uses the lines and the buffer until then.
    curl_slist_free_all(headerLines)
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
  func recycle() {
    curl_easy_reset(pointer)
    curl_slist_free_all(headerLines)
    headerLines = nil
    errorBuffer.pointee = 0
  }

  /// Sets everything that the transfer's request needs.
  ///
  /// The handle must be new or recycled.
  ///
  /// Until the handle is out of the multi handle again, libcurl calls the transfer through a
  /// pointer that doesn't retain it: the caller must.
  func prepare(for transfer: Transfer, _ configuration: HTTPClientConfiguration) -> CURLcode {
    var options = OptionWriter(pointer)
    options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer))
    setConnection(&options, transfer.request.url, configuration)
    setMethod(&options, transfer.request)
    setHeaders(&options, transfer.request.headerLines)
    TransferCallbacks.set(&options, transfer)
    if transfer.request.url.scheme == .https, configuration.clientCertificate == nil {
      TransferCallbacks.watchHandshake(&options, transfer)
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
      request.body.withUnsafeBytes {
        options.note(clibcurl_set_body(pointer, $0.baseAddress, $0.count))
      }
      if request.method != "POST" { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    } else if request.method == "HEAD" {
      options.set(CURLOPT_NOBODY, 1)
    } else {
      options.set(CURLOPT_HTTPGET, 1)
      if request.method != "GET" { options.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }
  }

  private func setHeaders(_ options: inout OptionWriter, _ lines: [String]) {
    for line in lines {
      guard let longer = curl_slist_append(headerLines, line) else {
        options.note(CURLE_OUT_OF_MEMORY)
        return
      }
      headerLines = longer
    }
    guard let headerLines else { return }
    options.set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headerLines))
  }
}
