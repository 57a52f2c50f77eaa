import PatchbayCore

/// The runs of a folder that can be gone on with.
package struct InterruptedRuns {
  private let directory: String

  /// Looks into the folder in which runs make theirs.
  package init(in directory: String) { self.directory = directory }

  /// The folder of a run.
  ///
  /// - Parameter name: the folder itself, the run's id, or `last` for the last one that has a journal.
  /// - Throws: `UnreadableInput` if there is none.
  package func folder(of name: String) throws -> String {
    let runs = FolderListing.names(in: directory).filter(RunRetention.isRun).sorted(by: >)
    if name == "last" {
      guard let run = runs.first(where: { hasJournal("\(directory)/\($0)") }) else {
        throw UnreadableInput("no run in \(directory) can be gone on with: none has a journal")
      }
      return "\(directory)/\(run)"
    }
    if let run = runs.first(where: { $0.hasSuffix("-" + name) }) { return "\(directory)/\(run)" }
    if InputFile.isReadable(name) { return name }
    throw UnreadableInput("there is no run \(name): expected a run's folder, its id, or \"last\"")
  }

  private func hasJournal(_ folder: String) -> Bool {
    InputFile.isReadable("\(folder)/\(Journal.fileName)")
  }
}
