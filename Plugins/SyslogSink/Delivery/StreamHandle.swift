import CLibcurl
import PatchbayCore

/// A connection that libcurl has made and that is read and written by hand (`CONNECT_ONLY`).
///
/// libcurl does name lookup, connect, TLS and its checks; no HTTP is spoken.
final class StreamHandle {
  /// Must happen once before all else.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  let pointer: UnsafeMutableRawPointer
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var isEnded = false

  /// Nil if there is no memory for it.
  init?() {
    guard Self.isLibraryReady, let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    end()
    errorBuffer.deallocate()
  }

  /// Ends the connection, with TLS by a `close_notify` as RFC 5425 §4.4 demands.
  ///
  /// The handle is of no use then.
  func end() {
    if !isEnded { curl_easy_cleanup(pointer) }
    isEnded = true
  }

  /// libcurl's words for what went wrong.
  func explanation(of code: CURLcode) -> String {
    errorBuffer.pointee == 0
      ? String(cString: curl_easy_strerror(code)) : String(cString: errorBuffer)
  }

  /// The operating system's code for what went wrong, or 0.
  var systemCode: Int32 {
    var code = 0
    let result = clibcurl_get_long(pointer, CURLINFO_OS_ERRNO, &code)
    return result == CURLE_OK ? Int32(truncatingIfNeeded: code) : 0
  }

  /// The connection's socket; -1 if there is none.
  var socket: Int32 {
    var socket: curl_socket_t = -1
    return clibcurl_get_socket(pointer, &socket) == CURLE_OK ? socket : -1
  }

  /// How long a message takes to the receiver and back: the time of TCP's handshake.
  var roundTrip: Duration {
    var (lookedUp, connected): (curl_off_t, curl_off_t) = (0, 0)
    guard clibcurl_get_offset(pointer, CURLINFO_NAMELOOKUP_TIME_T, &lookedUp) == CURLE_OK,
      clibcurl_get_offset(pointer, CURLINFO_CONNECT_TIME_T, &connected) == CURLE_OK
    else { return .zero }
    return .microseconds(max(0, connected - lookedUp))
  }

  /// Connects; blocks until that is done, has failed or is stopped.
  func connect(to receiver: Receiver, until stop: StopFlag) -> CURLcode {
    var code = CURLE_OK
    func note(_ result: CURLcode) { if code == CURLE_OK { code = result } }
    func set(_ option: CURLoption, _ value: Int) { note(clibcurl_set_long(pointer, option, value)) }
    func set(_ option: CURLoption, _ value: String?) {
      note(clibcurl_set_string(pointer, option, value))
    }
    note(clibcurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer))
    note(clibcurl_allow_http_only(pointer))
    set(CURLOPT_CONNECT_ONLY, 1)
    // The messages' own connection: nothing between, whatever the environment says.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOPROXY, "*")
    // Signals belong to the program; libcurl's own use of them is not safe among threads.
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_TCP_NODELAY, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    note(clibcurl_close_sockets_on_exec(pointer))
    note(clibcurl_abandon_lookups(pointer))
    let milliseconds = receiver.timeout.wholeNanoseconds / 1_000_000
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(milliseconds)))
    note(
      clibcurl_set_progress_callback(
        pointer, { isStopped($0, $1, $2, $3, $4) }, Unmanaged.passUnretained(stop).toOpaque()))
    let scheme: String
    if case .tls(let options) = receiver.transport {
      scheme = "https"
      set(CURLOPT_SSL_ENABLE_ALPN, 0)
      set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
      set(CURLOPT_SSL_VERIFYPEER, 1)
      set(CURLOPT_SSL_VERIFYHOST, 2)
      if let caFile = options.caFile {
        set(CURLOPT_CAINFO, caFile)
        // Else the system's folder of authorities would be trusted beside the file.
        set(CURLOPT_CAPATH, nil)
      }
      if let certificateFile = options.certificateFile, let keyFile = options.keyFile {
        set(CURLOPT_SSLCERT, certificateFile)
        set(CURLOPT_SSLKEY, keyFile)
        // Without one, an encrypted key would be asked for at the terminal.
        set(CURLOPT_KEYPASSWD, "")
      }
    } else {
      scheme = "http"
    }
    set(CURLOPT_URL, "\(scheme)://\(receiver.hostText):\(receiver.port)/")
    return code == CURLE_OK ? curl_easy_perform(pointer) : code
  }
}

/// Asked by libcurl about once a second; anything but 0 ends the attempt.
private func isStopped(
  _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
  guard let context else { return 0 }
  return Unmanaged<StopFlag>.fromOpaque(context).takeUnretainedValue().isSet ? 1 : 0
}
