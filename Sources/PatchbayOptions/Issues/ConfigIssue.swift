public import PatchbayJSON

/// One thing wrong with a configuration: where it stands, what was expected, what was found.
public struct ConfigIssue: Sendable, Equatable {
  /// How much an issue weighs.
  public enum Severity: String, Sendable {
    /// The configuration is refused.
    case error
    /// The configuration works, and should be changed all the same.
    case warning
  }

  /// What kind of issue it is; stable, for tools and for looking it up.
  public var code: Code
  /// Whether it refuses the configuration.
  public var severity: Severity
  /// Where it stands in the text.
  public var position: JSONPosition
  /// Which value it is about; empty for the root.
  public var path: OptionPath
  /// What is wrong, in one phrase without a full stop, on one line: names and values in it can't act
  /// on a terminal.
  public var message: String

  /// Makes an issue.
  public init(
    _ code: Code, _ severity: Severity = .error, at position: JSONPosition, path: OptionPath,
    message: String
  ) {
    self.code = code
    self.severity = severity
    self.position = position
    self.path = path
    self.message = message.visible
  }

  /// The issue as compilers print theirs, so that editors find the place.
  ///
  /// For example `config.json:14:22: error[PB0104]: injectors.inject.ur: unknown option`.
  public func rendered(file: String) -> String { "\(file.visible):\(self)" }
}

extension ConfigIssue: CustomStringConvertible {
  /// The issue without a file: `14:22: error[PB0104]: injectors.inject.ur: unknown option`.
  public var description: String { "\(position): \(severity.rawValue)[\(code)]: \(text)" }

  /// The path and the message, without the position.
  package var text: String {
    path.components.isEmpty ? message : "\(path): \(message)"
  }
}
