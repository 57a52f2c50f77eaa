import ArgumentParser
import AuditLog
import PatchbayCore

/// Writes a log in another form: `patchbay audit export`.
struct AuditExportCommand: AsyncParsableCommand {
  /// The form.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json
    case csv
    case ocsf

    var export: LogExport {
      switch self {
      case .json: .json
      case .csv: .csv
      case .ocsf: .ocsf
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the events of a log as a JSON array, as CSV or for security tools.",
    discussion: "It doesn't check them: `audit verify` does.")

  @ArgumentParser.OptionGroup
  var folder: AuditFolder

  @ArgumentParser.OptionGroup
  var records: RecordFilter

  @Option(
    help: "The form: json, as audit-json writes it, csv, or ocsf, an event of OCSF 1.2 a line.")
  var format = Format.json

  func run() async throws {
    try await readingLog {
      var log = try await LogRecords(folder.path, records.filter)
      let form = format.export
      print(form.beginning, terminator: "")
      var isFirst = true
      while let found = try await log.next() {
        var text = ""
        for record in found {
          guard let part = form.text(of: record, isFirst: isFirst) else { continue }
          isFirst = false
          text += part
        }
        print(text, terminator: "")
      }
      print(form.end, terminator: "")
    }
  }
}
