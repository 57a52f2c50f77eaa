extension ConfigIssue {
  /// What kind of issue it is, as `PB` and four digits.
  ///
  /// Codes are never reused. Each part of the package that finds issues adds its own constants.
  public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The code as it is printed, such as `PB0104`.
    public let rawValue: String

    /// Makes a code.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The code as it is printed.
    public var description: String { rawValue }
  }
}

extension ConfigIssue.Code {
  /// A value of another type, or a text that isn't written as its type demands.
  public static let wrongType = Self(rawValue: "PB0101")
  /// A value of the right type that breaks one of the option's rules.
  public static let ruleViolated = Self(rawValue: "PB0102")
  /// An option without a default that isn't set.
  public static let missingOption = Self(rawValue: "PB0103")
  /// A name that isn't one of the options.
  public static let unknownOption = Self(rawValue: "PB0104")
  /// An option set under a name that it no longer has.
  public static let renamedOption = Self(rawValue: "PB0105")
  /// An option set under its name and a former one, or under two former ones.
  public static let setTwice = Self(rawValue: "PB0106")
  /// Options that are fine one by one and not together.
  public static let checkFailed = Self(rawValue: "PB0107")
  /// A word that isn't one of the choices.
  public static let notAChoice = Self(rawValue: "PB0108")
  /// A stage that declares an option for some values of other options only; its author's mistake.
  public static let declaredSometimes = Self(rawValue: "PB0109")
}
