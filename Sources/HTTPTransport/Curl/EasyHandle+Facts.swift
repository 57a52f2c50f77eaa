import CLibcurl

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

extension EasyHandle {
  /// How long it took to get a connection; a part is nil if it did not happen or did not end.
  struct ConnectionTimes {
    var nameLookup: Duration?
    var connect: Duration?
    var tls: Duration?
  }

  /// Whether libcurl has opened a connection for the request.
  var hasOpenedConnection: Bool {
    var count = 0
    return clibcurl_get_long(pointer, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK && count > 0
  }

  /// The operating system's words for why there is no connection, or libcurl's.
  func connectExplanation(of result: CURLcode) -> String {
    var code = 0
    guard
      clibcurl_get_long(pointer, CURLINFO_OS_ERRNO, &code) == CURLE_OK, code != 0,
      let text = strerror(Int32(truncatingIfNeeded: code))
    else { return explanation(of: result) }
    return String(cString: text)
  }

  /// How long it took to get a new connection to the URL's host.
  func connectionTimes(to url: HTTPURL) -> ConnectionTimes {
    // Each is measured from the start of the request, in microseconds, 0 if it never ended.
    let lookedUp = time(CURLINFO_NAMELOOKUP_TIME_T)
    let connected = time(CURLINFO_CONNECT_TIME_T)
    let encrypted = url.scheme == .https ? time(CURLINFO_APPCONNECT_TIME_T) : nil
    var times = ConnectionTimes()
    if !url.hasAddress { times.nameLookup = lookedUp }
    if let lookedUp, let connected { times.connect = connected - lookedUp }
    if let connected, let encrypted { times.tls = encrypted - connected }
    return times
  }

  private func time(_ info: CURLINFO) -> Duration? {
    var microseconds: curl_off_t = 0
    guard clibcurl_get_offset(pointer, info, &microseconds) == CURLE_OK, microseconds > 0 else {
      return nil
    }
    return .microseconds(microseconds)
  }
}
