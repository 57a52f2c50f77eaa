import ArgumentParser
import AuditLog
import PatchbayCore
import PatchbayJSON

/// Which records of a log are wanted.
struct RecordFilter: ParsableArguments {
  @Option(help: "Only records of an agent.")
  var agent: String?

  @Option(help: "Only records of an interaction.")
  var interaction: String?

  @Option(
    help: "Only records with an outcome: accepted, rejected, failed, unknown or undecided.",
    transform: Self.outcome)
  var outcome: String?

  @Option(
    help: "Only records that were logged at a time or later, as in 2026-01-01T08:00:00Z.",
    transform: Self.time)
  var from: Timestamp?

  @Option(help: "Only records that were logged at a time or earlier.", transform: Self.time)
  var to: Timestamp?

  private static func outcome(_ text: String) throws -> String {
    let names = Outcome.Kind.allCases.map(\.name)
    if names.contains(text) { return text }
    throw ValidationError("expected one of \(names.joined(separator: ", ")), found \(text.quoted)")
  }

  private static func time(_ text: String) throws -> Timestamp {
    if let time = Timestamp(text) { return time }
    throw ValidationError("expected a time such as 2026-01-01T08:00:00Z, found \(text.quoted)")
  }

  var filter: LogRecords.Filter {
    var filter = LogRecords.Filter()
    filter.agent = agent
    filter.interaction = interaction
    filter.outcome = outcome
    filter.from = from
    filter.to = to
    return filter
  }
}

/// Shows records of a log: `patchbay audit show`.
struct AuditShowCommand: AsyncParsableCommand {
  /// How they are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows records of a log.",
    discussion: "It doesn't check them: `audit verify` does.")

  private static let columns = [
    "seq", "logged_at", "agent_id", "interaction_id", "state", "outcome", "reason",
  ]

  @ArgumentParser.OptionGroup
  var folder: AuditFolder

  @ArgumentParser.OptionGroup
  var records: RecordFilter

  @Option(help: "How many records are shown at the most.")
  var limit = 100

  @Option(help: "How they are printed: as a table, or each as a line of JSON.")
  var format = Format.table

  func run() async throws {
    try await readingLog {
      var log = try await LogRecords(folder.path, records.filter)
      var shown: [JSONValue] = []
      var count = 0
      while let found = try await log.next() {
        shown += found.prefix(limit - shown.count)
        count += found.count
      }
      switch format {
      case .table: table(shown)
      case .json: for record in shown { print(record.text()) }
      }
      if count > shown.count {
        Terminal.printError("\(count - shown.count) more; --limit \(count) shows all of them")
      }
    }
  }

  private func table(_ records: [JSONValue]) {
    let rows =
      [Self.columns]
      + records.map { record in
        Self.columns.map { Self.cell(record, $0) }
      }
    let widths = Self.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      print(line)
    }
  }

  private static func cell(_ record: JSONValue, _ name: String) -> String {
    // What is about the log itself has a type in place of a state.
    if name == "state", record["state"] == nil { return record["type"]?.string ?? "" }
    switch record[name] {
    case nil, .null: return ""
    case .string(let text): return text.visible
    case .some(let other): return other.text()
    }
  }
}
