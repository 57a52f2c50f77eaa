import AuditLog
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A log that a run wrote, its key apart from it, and its lines.
struct SampleLog {
  let folder: LogFolder
  let key: VerifierKey
  /// A copy of the key outside the log.
  let keyFile: String
  var lines: [[UInt8]]

  init(count: Int = 800) async throws {
    let directory = try TemporaryFolder.make()
    var pipeline = TestPipeline(directory: directory)
    pipeline.add("source", ScriptedSource(count: count))
    pipeline.add("audit", AuditLogSink(try .init([:])), inputs: ["source"])
    let run = try pipeline.makeRun()
    _ = await run.run()
    folder = LogFolder(path: run.directoryPath + "/audit")
    let text = try String(contentsOfFile: folder.verifierKey, encoding: .utf8)
    key = try #require(VerifierKey(text.trimmingCharacters(in: .newlines)))
    keyFile = directory + "/log.vkey"
    try text.write(toFile: keyFile, atomically: true, encoding: .utf8)
    lines = try InputFile.contents(of: folder.records, upTo: 1 << 24)
      .split(separator: 0x0A).map { Array($0) }
  }

  func writeLines() throws {
    try Data(lines.flatMap { $0 + [0x0A] }).write(to: URL(filePath: folder.records))
  }

  func verdict(since older: SignedNote? = nil) async -> LogVerdict {
    await LogVerifier(folder.path, key: key, since: older).verify()
  }

  /// What failed, by the checks' names.
  func failures() async -> [String: String] {
    let failed = await verdict().checks.filter { $0.result == .failed }
    return Dictionary(failed.map { ($0.name, $0.detail) }, uniquingKeysWith: { one, _ in one })
  }
}
