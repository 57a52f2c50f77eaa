import Subprocess

/// How one start of a program ended.
struct ProgramEnd: Sendable {
  /// What was noticed of it while it ran.
  enum Notice: Sendable, Equatable {
    /// It did something for which it was killed.
    case fault(String)
    /// Its output ended where it shouldn't have; how it ended itself tells more, unless all went well.
    case complaint(String)
  }

  /// What it did, as the end of a sentence about it.
  let description: String
  /// Whether it ended by itself and said that all went well.
  let isClean: Bool

  /// An end with a status.
  init(_ status: TerminationStatus, _ notice: Notice?) {
    switch (notice, status.isSuccess) {
    case (.fault(let text), _): description = "\(text); it was killed"
    case (.complaint(let text), true): description = text
    case (.complaint, false), (nil, _): description = Self.text(status)
    }
    isClean = status.isSuccess && notice == nil
  }

  /// It couldn't even be started.
  ///
  /// - Parameters:
  ///   - error: what was said of that.
  ///   - program: the path or name that it was to be found by.
  init(_ error: any Error, starting program: String) {
    isClean = false
    if let error = error as? SubprocessError, error.code == .executableNotFound {
      description = "could not be started: \(ProgramPlace.problem(with: program))"
    } else {
      description = "could not be started: \(error)"
    }
  }

  private static func text(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exited with code \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    }
  }
}
