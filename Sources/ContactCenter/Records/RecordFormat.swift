package import PatchbayCore

/// How records stand in a file.
package enum RecordFormat: OptionUnion {
  /// A row a record, as RFC 4180 has it.
  case delimited(DelimitedFormat)
  /// A JSON object a line.
  case jsonLines
  /// One array of JSON objects.
  case jsonArray(ArrayFormat)
  /// JSON objects one behind the other, with anything or nothing between them that is white space.
  case jsonConcatenated

  /// The forms a configuration may use.
  package static let cases: [OptionCase<RecordFormat>] = [
    .init("delimited", RecordFormat.delimited, doc: "Rows of fields with a delimiter between."),
    .init("json-lines", .jsonLines, doc: "A JSON object a line."),
    .init("json-array", RecordFormat.jsonArray, doc: "One array of JSON objects."),
    .init(
      "json-concatenated", .jsonConcatenated,
      doc: "JSON objects one behind the other, without anything between them."),
  ]

  /// Whether the file is one array.
  var isArray: Bool { if case .jsonArray = self { true } else { false } }

  /// Whether fields are found by a path, and not by a column.
  var isJSON: Bool { if case .delimited = self { false } else { true } }
}

/// Where the array of a file is.
package struct ArrayFormat: OptionGroup {
  let member: String

  package init(from options: inout OptionReader) {
    member = options.value(
      "in", default: "",
      doc:
        "The member of the file's one object that holds the array; without it the file is the array."
    )
  }
}

/// How rows of fields are written.
package struct DelimitedFormat: OptionGroup {
  /// What quotes mean.
  package enum Quotes: String, OptionChoice {
    case rfc4180
    case none

    package var doc: String {
      switch self {
      case .rfc4180: "Fields may stand in double quotes, in which two are one."
      case .none: "They are characters like all others."
      }
    }
  }

  let delimiter: String
  let hasHeader: Bool
  let skippedLines: Int
  let comment: String
  let quotes: Quotes

  package init(from options: inout OptionReader) {
    delimiter = options.value(
      "delimiter", default: ",",
      .that("one character of ASCII that is neither a quote nor a line end", pattern: nil) { text in
        text.utf8.count == 1 && !["\"", "\n", "\r"].contains(text)
      }, doc: "What stands between two fields: one character, such as `,`, `;`, `|` or a tab.")
    hasHeader = options.value(
      "header", default: true,
      doc: "Whether the first row names the columns; else their names are 1, 2 and so on.")
    skippedLines = options.value(
      "skip_lines", default: 0, .range(0...1_000_000),
      doc: "How many lines before the header, or the first row, are passed over.")
    comment = options.value(
      "comment", default: "", doc: "What a line begins with that is passed over; none if empty.")
    quotes = options.value("quotes", default: .rfc4180, doc: "What quotes mean.")
  }

  var delimiterByte: UInt8 { delimiter.utf8.first ?? UInt8(ascii: ",") }
}
