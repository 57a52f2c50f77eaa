import CLibcurl

/// What libcurl calls while it carries out a request, on the loop's thread.
enum TransferCallbacks {
  /// Makes libcurl call the transfer of the handle, without retaining it, and hand it back when it is done.
  static func set(_ options: inout OptionWriter, _ easy: EasyHandle) {
    let context = Unmanaged.passUnretained(easy).toOpaque()
    let handle = options.handle
    options.set(CURLOPT_PRIVATE, context)
    options.note(
      clibcurl_set_header_callback(handle, { TransferCallbacks.line($0, $1 * $2, $3) }, context))
    options.note(
      clibcurl_set_write_callback(handle, { TransferCallbacks.body($0, $1 * $2, $3) }, context))
    options.note(
      clibcurl_set_prereq_callback(
        handle, { context, _, _, _, _ in TransferCallbacks.mayWrite(context) }, context))
    options.note(
      clibcurl_set_progress_callback(
        handle, { context, _, _, _, sent in TransferCallbacks.progress(context, sent) }, context))
  }

  /// Makes libcurl tell the transfer of its handshake: that the server wants a certificate it tells
  /// nowhere else, and a server that gets none often closes the connection without a word.
  static func watchHandshake(_ options: inout OptionWriter, _ easy: EasyHandle) {
    let context = Unmanaged.passUnretained(easy).toOpaque()
    options.note(
      clibcurl_set_debug_callback(
        options.handle,
        { _, kind, text, count, context in
          TransferCallbacks.note(kind, text, count, context)
          return 0
        }, context))
  }

  private static func note(
    _ kind: curl_infotype, _ text: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ context: UnsafeMutableRawPointer?
  ) {
    guard kind == CURLINFO_TEXT else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: count)
    // As in `TLSv1.3 (IN), TLS handshake, Request CERT (13):`.
    guard String(decoding: bytes, as: UTF8.self).contains("Request CERT") else { return }
    transfer(context)?.isAskedForCertificate = true
  }

  /// The transfer that a finished handle belongs to.
  static func transfer(of handle: UnsafeMutableRawPointer) -> Transfer? {
    var context: UnsafeMutableRawPointer?
    guard clibcurl_get_pointer(handle, CURLINFO_PRIVATE, &context) == CURLE_OK else { return nil }
    return transfer(context)
  }

  /// What the handle behind a context carries out.
  ///
  /// The handle exists: the loop holds every transfer, and by it its handle, in its table until it has
  /// taken the handle, and with it these callbacks, out of the multi handle.
  private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.flatMap { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue().transfer }
  }

  private static func line(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?
  ) -> Int {
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    return transfer(context)?.response.receive(line: line) == true ? count : 0
  }

  private static func body(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?
  ) -> Int {
    let piece = UnsafeRawBufferPointer(start: bytes, count: count)
    return transfer(context)?.response.receive(body: piece) == true ? count : 0
  }

  private static func mayWrite(_ context: UnsafeMutableRawPointer?) -> Int32 {
    transfer(context)?.mayWrite() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
  }

  private static func progress(_ context: UnsafeMutableRawPointer?, _ sent: curl_off_t) -> Int32 {
    transfer(context)?.noteProgress(bodyBytesSent: Int(sent))
    return 0
  }
}
