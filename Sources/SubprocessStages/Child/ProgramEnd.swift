import Subprocess

/// How one start of a program ended.
struct ProgramEnd: Sendable {
  /// What it did, as the end of a sentence about it.
  let description: String
  /// Whether it ended by itself and said that all went well.
  let isClean: Bool

  /// An end with a status.
  ///
  /// - Parameter fault: what it did wrong before, so that it was killed.
  init(_ status: TerminationStatus, after fault: String?) {
    if let fault {
      description = "\(fault); it was killed"
      isClean = false
      return
    }
    description =
      switch status {
      case .exited(let code): "exited with code \(code)"
      case .signaled(let signal): "was ended by signal \(signal)"
      }
    isClean = status.isSuccess
  }

  /// It couldn't even be started.
  init(_ error: any Error) {
    isClean = false
    if let error = error as? SubprocessError, error.code == .executableNotFound {
      description = "could not be started: there is no such program"
    } else {
      description = "could not be started: \(error)"
    }
  }
}
