import PatchbayCore

/// How a connection came to its end, seen from this side.
enum ConnectionEnd: Error {
  /// The receiver ended it in good order: it had read all that had reached it.
  case closed
  /// It broke, or TLS refused something, in the system's or the library's words.
  case broken(String)
  /// The receiver took nothing in for too long.
  case stalled

  /// As an error for people.
  func error(_ receiver: Receiver) -> PipelineError {
    switch self {
    case .closed: receiver.error("the receiver closed the connection")
    case .broken(let reason): receiver.error("the connection was lost (\(reason))")
    case .stalled:
      receiver.error(
        "the receiver took nothing for \(receiver.timeout.optionText); is it overloaded? "
          + "Else raise \"timeout\"")
    }
  }
}
