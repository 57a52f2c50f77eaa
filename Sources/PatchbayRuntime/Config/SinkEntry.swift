import PatchbayCore

/// What every sink's entry may say beside its type's options.
struct SinkEntry: OptionGroup {
  /// The name of the one option.
  static let buffer = "buffer"

  let buffer: BufferChoice

  init(from options: inout OptionReader) {
    buffer = options.value(
      Self.buffer, default: "wait", doc: "Where events wait that the sink hasn't taken yet.")
  }
}
