import ArgumentParser
import AuditLog
import PatchbayCore

/// Checks a log: `patchbay audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks whether anything in a log was changed, removed or put in.",
    discussion: """
      Prints a line for each check. Exit codes: 0 valid; 1 tampered with; 66 unreadable; 75 valid but not \
      closed, as after a run that was killed.
      """)

  @ArgumentParser.OptionGroup
  var folder: AuditFolder

  @Option(
    help:
      "The key that must have signed it, NAME+HASH+KEY; the run printed it. Else the folder's own.")
  var vkey: String?

  @Option(
    help: "A file with an earlier checkpoint of the log, which it must go on from.",
    completion: .file())
  var since: String?

  func run() async throws {
    var key: VerifierKey?
    if let vkey {
      key = VerifierKey(vkey)
      if key == nil {
        throw ValidationError("--vkey: expected NAME+HASH+KEY of an Ed25519 key, as in log.vkey")
      }
    }
    try await readingLog {
      var older: SignedNote?
      if let since {
        older = SignedNote(parsing: try InputFile.contents(of: since, upTo: 1 << 17))
        if older == nil { throw UnreadableInput("\(since) holds no signed checkpoint") }
      }
      let verdict = await LogVerifier(folder.path, key: key, since: older).verify()
      show(verdict, isKeyGiven: key != nil)
      if verdict.exitCode != .success {
        throw ArgumentParser.ExitCode(verdict.exitCode.rawValue)
      }
    }
  }

  private func show(_ verdict: LogVerdict, isKeyGiven: Bool) {
    let width = verdict.checks.map(\.name.count).max() ?? 0
    for check in verdict.checks {
      let pad = String(repeating: " ", count: width - check.name.count)
      print("\(Self.word(check.result))  \(check.name)\(pad)  \(check.detail)")
    }
    if let unreadable = verdict.unreadable {
      return Terminal.printError("patchbay: \(unreadable)")
    }
    switch verdict.exitCode {
    case .success: print("valid")
    case .failure: print("TAMPERED WITH, or never a log of this program")
    default: print("valid as far as it goes, but not closed")
    }
    if !isKeyGiven {
      print(
        "The key came from the folder: whoever can write there could have made the log anew with a key of "
          + "their own. --vkey with the key that the run printed rules that out.")
    }
  }

  private static func word(_ result: LogVerdict.Check.Result) -> String {
    switch result {
    case .passed: "ok  "
    case .failed: "FAIL"
    case .open: "open"
    }
  }
}
