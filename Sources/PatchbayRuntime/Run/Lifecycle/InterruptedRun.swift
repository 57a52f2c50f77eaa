import PatchbayCore

/// A run that was interrupted and is taken up: its folder, and what its journal tells.
package struct InterruptedRun: Sendable {
  let folder: RunFolder
  let past: JournalPast

  /// Takes up the run of a folder.
  ///
  /// - Throws: `UnreadableInput` if there is no journal that can be read; `PipelineError` if the run
  ///   still goes on.
  static func takeUp(_ path: String) async throws -> InterruptedRun {
    let directory = RunDirectory(path: path.hasSuffix("/") ? String(path.dropLast()) : path)
    let journal = try directory.path(of: Journal.fileName)
    guard InputFile.isReadable(journal) else {
      throw UnreadableInput(
        "can't go on with \(path): it has no journal; its run was completed, or ended before it had "
          + "begun, or was one without \"run\": {\"journal\": true}")
    }
    let folder = try await RunFolder.takeUp(directory)
    let past = try await BlockingLane("patchbay.journal").run { try JournalPast(journal) }
    return InterruptedRun(folder: folder, past: past)
  }
}
