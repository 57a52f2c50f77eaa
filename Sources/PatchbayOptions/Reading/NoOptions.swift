/// The options of a stage that has none.
public struct NoOptions: OptionGroup {
  /// Declares nothing.
  public init(from options: inout OptionReader) {}
}
