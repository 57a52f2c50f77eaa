/// A text that a configuration was read from, for messages that point into it.
public struct SourceText: Sendable, Equatable {
  /// What to call it: a file's path, or the command line's option.
  public let name: String
  /// Its bytes.
  public let bytes: [UInt8]
  /// Whether it stands in a file, so that an editor can open it.
  public let isFile: Bool

  /// Makes a text.
  public init(name: String, bytes: [UInt8], isFile: Bool = true) {
    self.name = name
    self.bytes = bytes
    self.isFile = isFile
  }
}
