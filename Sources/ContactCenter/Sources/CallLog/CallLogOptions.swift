package import PatchbayCore
import PatchbayJSON

/// The options of the `call-log` source.
package struct CallLogOptions: OptionGroup {
  /// What stands between two fields.
  package enum Delimiter: String, OptionChoice {
    /// A tab.
    case tab
    /// A comma.
    case comma
    /// A semicolon.
    case semicolon
    /// A vertical bar.
    case pipe

    var text: String {
      switch self {
      case .tab: "\t"
      case .comma: ","
      case .semicolon: ";"
      case .pipe: "|"
      }
    }
  }

  /// How a date is written.
  package enum DateFormat: String, OptionChoice {
    /// Two digits each for year, month and day; years are 1970 to 2069.
    case yymmdd
    /// Four digits for the year.
    case yyyymmdd
    /// With hyphens, as ISO 8601 has it.
    case iso

    package var doc: String {
      switch self {
      case .yymmdd: "990131; years from 70 on are in the 20th century."
      case .yyyymmdd: "19990131."
      case .iso: "1999-01-31."
      }
    }

    /// As a time pattern has it.
    var pattern: String {
      switch self {
      case .yymmdd: "yyMMdd"
      case .yyyymmdd: "yyyyMMdd"
      case .iso: "yyyy-MM-dd"
      }
    }
  }

  /// Which columns hold what, by their names in the header.
  package struct Columns: OptionGroup {
    let agent: String
    let call: [String]
    let date: String
    let start: String
    let end: String

    package init(from options: inout OptionReader) {
      agent = options.value("agent", default: "server", .nonEmpty, doc: "The agent's name.")
      call = options.oneOrMany(
        "call", default: ["vru+line", "call_id"], .nonEmpty, .each(.nonEmpty),
        doc: "The columns that together name a call.")
      date = options.value("date", default: "date", .nonEmpty, doc: "The day of the call.")
      start = options.value(
        "start", default: "ser_start", .nonEmpty, doc: "When the service started.")
      end = options.value("end", default: "ser_exit", .nonEmpty, doc: "When the service ended.")
    }
  }

  let path: String
  let machine: ServiceTerms
  let delimiter: Delimiter
  let columns: Columns
  let dateFormat: DateFormat
  let noAgent: [String]
  let noTime: String
  let wrapUp: Duration
  let pace: Pace
  let longestLine: ByteCount

  package init(from options: inout OptionReader) {
    path = options.required(
      "path", example: "Examples/call-log/day.tsv", .nonEmpty, .path, doc: "The log file.")
    machine = options.value(
      "machine", default: .agentDesktop, doc: "The machine in whose states services are told.")
    delimiter = options.value("delimiter", default: .tab, doc: "What stands between two fields.")
    columns = options.group("columns", doc: "Which columns hold what.")
    dateFormat = options.value("date_format", default: .yymmdd, doc: "How dates are written.")
    noAgent = options.oneOrMany(
      "no_agent", default: ["NO_SERVER"], doc: "What stands for the agent of an unserved call.")
    noTime = options.value(
      "no_time", default: "0:00:00", doc: "What stands for a time that didn't happen.")
    wrapUp = options.value(
      "wrap_up", default: .zero, .range(.zero ... .seconds(86_400)),
      doc: "How long an agent wraps up after a service; logs seldom say.")
    pace = options.value(
      "pace", default: "recorded", doc: "At which pace events come.")
    longestLine = options.value(
      "longest_line", default: .kibibytes(64), .range(.bytes(64) ... .mebibytes(64)),
      doc: "The longest line that is read; longer ones are rejected.")
  }

  /// The same for the source `records`, over its preset of that name.
  package func records() throws(InvalidOptions) -> RecordsOptions {
    var options = try RecordsOptions([
      "preset": .string(CallLogSource.type), "path": .string(path),
      "format": ["delimited": ["delimiter": .string(delimiter.text)]],
      "fields": [
        "agent": .string(columns.agent), "call": .array(columns.call.map { .string($0) }),
        "start": [.string(columns.date), .string(columns.start)],
        "end": [.string(columns.date), .string(columns.end)],
      ],
      "time_format": .string("\(dateFormat.pattern) H:mm:ss"),
      "no_agent": .array(noAgent.map { .string($0) }), "no_time": .string(noTime),
      "wrap_up": wrapUp.json, "longest_record": longestLine.json,
    ])
    options.headerAdvice = "; set \"columns\" to what its columns are called"
    options.machine = machine
    options.pace = pace
    return options
  }
}
