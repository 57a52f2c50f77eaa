import PatchbayCore

/// The log of the run before.
enum PreviousLog {
  /// How many older runs are looked at.
  private static let most = 100

  /// The newest checkpoint of the newest run before one, among those in the same folder of runs.
  static func newest(before run: RunDirectory) -> Checkpoint? {
    guard let slash = run.path.lastIndex(of: "/") else { return nil }
    let folder = String(run.path[..<slash])
    let name = String(run.path[run.path.index(after: slash)...])
    // Their names begin with their times.
    let older = FolderListing.names(in: folder).filter { $0 < name }.sorted(by: >)
    for candidate in older.prefix(most) {
      let log = LogFolder(path: "\(folder)/\(candidate)/\(AuditLogSink.folderName)")
      guard let bytes = try? InputFile.contents(of: log.checkpoint, upTo: 1 << 16),
        let note = SignedNote(parsing: bytes), let checkpoint = Checkpoint(note.text)
      else { continue }
      return checkpoint
    }
    return nil
  }
}
