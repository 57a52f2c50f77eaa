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

  private enum Reader {
    case rows(DelimitedReader)
    case values(JSONRecordReader)
  }

  private var reader: Reader

  init(_ options: RecordsOptions) {
    let longest = options.longestRecord.bytes
    switch options.format {
    case .delimited(let format): reader = .rows(DelimitedReader(format, longest: longest))
    case .jsonLines, .jsonArray, .jsonConcatenated:
      reader = .values(JSONRecordReader(options.format, longest: longest))
    }
  }

  /// The records that end in this text; with none, those that are left.
  mutating func records(in text: [UInt8]) -> [Record] {
    switch reader {
    case .rows(var rows):
      defer { reader = .rows(rows) }
      return rows.rows(in: text).map { row in
        row.problem.map { .malformed($0, line: row.line) } ?? .row(row.fields, line: row.line)
      }
    case .values(var values):
      defer { reader = .values(values) }
      return values.records(in: text).map { record in
        record.value.map { .object($0, line: record.line) }
          ?? .malformed(record.problem ?? "it is no JSON", line: record.line)
      }
    }
  }
}
