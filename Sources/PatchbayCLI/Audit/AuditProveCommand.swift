import ArgumentParser
import AuditLog
import PatchbayCore

/// Proves that a record is in a log: `patchbay audit prove`.
struct AuditProveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract:
      "Prints the proof that a record is in a log, for somebody who has only the record and the key.",
    discussion: "The proof is a C2SP tlog-proof; it hashes the record's line without its line feed."
  )

  @ArgumentParser.OptionGroup
  var folder: AuditFolder

  @Argument(help: "The record's number, its seq.")
  var record: Int

  @Option(help: "Writes the record's line to a file as well.", completion: .file())
  var leaf: String?

  func run() async throws {
    try await readingLog {
      let proof = try LogProof(of: record, in: folder.path)
      if let leaf { try await WholeFile.write(proof.record, to: leaf) }
      print(proof.text, terminator: "")
    }
  }
}
