package import PatchbayCore

/// The options that sources of JSON lines share.
package struct LineSourceOptions: OptionGroup {
  let pace: Pace
  let longestLine: ByteCount
  let mapping: String?

  package init(from options: inout OptionReader) {
    pace = options.value(
      "pace", default: "as-fast-as-possible",
      doc: "At which pace events come; `recorded` goes by their timestamps.")
    longestLine = options.value(
      "longest_line", default: .mebibytes(1), .range(.bytes(64) ... .mebibytes(64)),
      doc: "The longest line that is read; longer ones are rejected.")
    mapping = options.optionalReference(
      "mapping", to: eventShapeType,
      doc: "The shape of the events in the lines, if it isn't ours.")
  }
}
