/// Something that went wrong while a pipeline ran, in one sentence.
public struct PipelineError: Error, Sendable, CustomStringConvertible {
  /// What kind of thing went wrong, for programs.
  public struct Code: Sendable, Hashable, RawRepresentable {
    /// The code, in lower-case kebab form.
    public let rawValue: String

    /// Makes a code; a module may have codes of its own.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nothing more is known than the sentence says.
    public static let unspecified = Code(rawValue: "unspecified")
    /// A file or folder can't be made, written, saved or read back.
    public static let unusableFile = Code(rawValue: "unusable-file")
    /// Another run or stage uses the same file or folder.
    public static let fileInUse = Code(rawValue: "file-in-use")
    /// A stage asked for a connection that isn't there, or isn't what it needs.
    public static let unusableConnection = Code(rawValue: "unusable-connection")
    /// A run can't be gone on with by another configuration than its own.
    public static let otherConfiguration = Code(rawValue: "other-configuration")
    /// A run ended without success.
    public static let runFailed = Code(rawValue: "run-failed")
  }

  /// What kind of thing went wrong.
  public let code: Code
  /// What went wrong: where, what was expected, what was found, what to do.
  public let description: String
  /// The error behind it, if there is one.
  public let cause: (any Error)?

  /// Makes an error from a sentence.
  ///
  /// - Parameters:
  ///   - description: the sentence.
  ///   - code: what kind of thing went wrong.
  ///   - cause: the error behind it, if there is one.
  public init(_ description: String, code: Code = .unspecified, cause: (any Error)? = nil) {
    self.code = code
    self.description = description
    self.cause = cause
  }
}
