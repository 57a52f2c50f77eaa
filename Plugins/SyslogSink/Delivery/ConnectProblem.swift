import CLibcurl
import PatchbayCore

/// Says why there is no connection, and what to do.
enum ConnectProblem {
  static func error(
    _ code: CURLcode, _ handle: StreamHandle, _ receiver: Receiver
  ) -> any Error {
    let explanation = handle.explanation(of: code)
    switch code {
    case CURLE_ABORTED_BY_CALLBACK: return CancellationError()
    case CURLE_COULDNT_RESOLVE_HOST:
      return receiver.error("the host is not known (\(explanation)); check \"host\"")
    case CURLE_COULDNT_CONNECT where handle.systemCode != 0:
      return receiver.error(code: handle.systemCode)
    case CURLE_OPERATION_TIMEDOUT:
      return receiver.error(
        "no connection within \(receiver.timeout.optionText); check \"host\" and \"port\", "
          + "or raise \"timeout\"")
    case CURLE_PEER_FAILED_VERIFICATION:
      // libcurl has one code for both.
      let isNamesake = !explanation.contains("subject name")
      return receiver.error(
        isNamesake
          ? "the receiver's certificate is not trusted (\(explanation)); name the file of its "
            + "authority in \"ca_file\""
          : "the receiver's certificate is for another host (\(explanation)); set \"host\" to the "
            + "name that it is for")
    case CURLE_SSL_CACERT_BADFILE:
      return receiver.error("\"ca_file\" can't be read (\(explanation))")
    case CURLE_SSL_CERTPROBLEM:
      return receiver.error("\"certificate_file\" or \"key_file\" can't be used (\(explanation))")
    case CURLE_SSL_CONNECT_ERROR:
      return receiver.error(
        "the TLS handshake failed (\(explanation)); does the receiver speak TLS at this port?")
    default: return receiver.error("no connection (\(explanation))")
    }
  }
}
