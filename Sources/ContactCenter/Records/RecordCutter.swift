import PatchbayCore
import PatchbayJSON

/// Cuts a file's text into its records.
struct RecordCutter: Sendable {
  /// A record as it stands in the file.
  enum Record {
    case row(RowCells, line: Int)
    case object(JSONValue, line: Int)
    case malformed(String, line: Int)

    var line: Int {
      switch self {
      case .row(_, let line), .object(_, let line), .malformed(_, let line): line
      }
    }
  }

  /// One of them reads the file.
  private var rows: DelimitedReader?
  private var values: JSONRecordReader?

  init(_ options: RecordsOptions) {
    let longest = options.longestRecord.bytes
    switch options.format {
    case .delimited(let format): rows = DelimitedReader(format, longest: longest)
    case .jsonLines, .jsonArray, .jsonConcatenated:
      values = JSONRecordReader(options.format, longest: longest)
    }
  }

  /// Gives a closure the records that end in this text; with none, those that are left.
  mutating func forEachRecord(in text: [UInt8], _ body: (Record) -> Void) {
    rows?.forEachRow(in: text) { row in
      body(
        row.problem.map { .malformed($0, line: row.line) } ?? .row(row.fields, line: row.line))
    }
    for record in values?.records(in: text) ?? [] {
      body(
        record.value.map { .object($0, line: record.line) }
          ?? .malformed(record.problem ?? "it is no JSON", line: record.line))
    }
  }
}
