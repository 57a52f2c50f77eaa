package import PatchbayCore

extension ConfigIssue.Code {
  /// A text that isn't JSON.
  package static let syntax = Self(rawValue: "PB0001")
  /// A name that its object already has.
  package static let duplicateName = Self(rawValue: "PB0002")
  /// A stage or connection type that doesn't exist.
  package static let unknownType = Self(rawValue: "PB0201")
  /// A stage in the section of another role.
  package static let wrongSection = Self(rawValue: "PB0202")
  /// A stage name that another section already uses.
  package static let nameInUse = Self(rawValue: "PB0203")
  /// A name with characters that references can't have.
  package static let malformedName = Self(rawValue: "PB0204")
  /// An input that names no stage.
  package static let unknownInput = Self(rawValue: "PB0205")
  /// An input that names a port its stage doesn't have.
  package static let unknownPort = Self(rawValue: "PB0206")
  /// Stages that feed each other in a circle.
  package static let cycle = Self(rawValue: "PB0207")
  /// A stage whose main output nobody takes.
  package static let dangling = Self(rawValue: "PB0208")
  /// No source, or no sink.
  package static let nothingToRun = Self(rawValue: "PB0209")
  /// The same input twice.
  package static let repeatedInput = Self(rawValue: "PB0210")
  /// Two stages that need the same file or input.
  package static let resourceInUse = Self(rawValue: "PB0211")
  /// An environment variable that isn't set.
  package static let unsetVariable = Self(rawValue: "PB0301")
  /// A `${` that isn't a variable.
  package static let malformedVariable = Self(rawValue: "PB0302")
  /// A reference to a connection that doesn't exist.
  package static let unknownConnection = Self(rawValue: "PB0401")
  /// A connection of a type or with options that the stage can't use.
  package static let unusableConnection = Self(rawValue: "PB0402")
  /// A connection that nothing uses.
  package static let unusedConnection = Self(rawValue: "PB0403")
  /// A threshold on a metric that nothing produces.
  package static let unknownMetric = Self(rawValue: "PB0501")
  /// A threshold that isn't a condition.
  package static let malformedThreshold = Self(rawValue: "PB0502")
}
