package import PatchbayCore

/// The options that sources of JSON lines share.
package struct LineSourceOptions: OptionGroup {
  let longestLine: ByteCount

  package init(from options: inout OptionReader) {
    longestLine = options.value(
      "longest_line", default: .mebibytes(1), .range(.bytes(64) ... .mebibytes(64)),
      doc: "The longest line that is read; longer ones are rejected.")
  }
}
