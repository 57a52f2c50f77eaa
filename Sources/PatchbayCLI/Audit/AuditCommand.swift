import ArgumentParser
import AuditLog
import PatchbayCore

/// Looks at audit logs: `patchbay audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Checks, shows and exports the logs of the audit-log sink.",
    discussion: """
      A log is an append-only Merkle tree whose checkpoints are signed, in the open formats of C2SP: \
      tlog-tiles, tlog-checkpoint and signed-note. Whoever has the private key while a run goes on could \
      still write another log in its place; a checkpoint that is kept elsewhere, in a ticket or by the QA \
      system, shows that too: `audit verify --since`.
      """,
    subcommands: [
      AuditVerifyCommand.self, AuditProveCommand.self, AuditShowCommand.self,
      AuditExportCommand.self,
    ])
}

/// The log that a command looks at.
struct AuditFolder: ParsableArguments {
  @Argument(
    help: "The log's folder, or that of its run.", completion: .directory)
  var log: String

  /// The log's own folder.
  var path: String {
    let inRun = log + "/" + AuditLogSink.folderName
    return FolderListing.names(in: inRun).contains("audit.ndjson") ? inRun : log
  }
}

extension AsyncParsableCommand {
  /// Does something with a log; what can't be read ends the command with 66, what can't be done with 1.
  func readingLog(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    } catch let error as PipelineError {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }
}
