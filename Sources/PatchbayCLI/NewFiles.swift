import ArgumentParser
import PatchbayCore

/// Files that a command writes for the user, all or none.
struct NewFiles {
  /// One file: its path in the folder, and its text.
  struct File {
    let name: String
    let text: String
  }

  /// The folder; made, with those above it, if it isn't there.
  let directory: String
  let files: [File]

  /// What a file is called from where the program runs.
  func path(of file: File) -> String {
    directory == "." ? file.name : "\(directory)/\(file.name)"
  }

  /// Writes them.
  ///
  /// - Parameter force: replaces files that exist; without it one that is in the way ends the program
  ///   before anything is written.
  func write(force: Bool) async throws {
    let present = files.filter { InputFile.isReadable(path(of: $0)) }
    if !force, !present.isEmpty {
      throw ValidationError(
        "\(present.map { path(of: $0) }.joined(separator: ", ")) "
          + "\(present.count == 1 ? "exists" : "exist"); --force replaces, --directory writes "
          + "elsewhere")
    }
    do {
      for file in files {
        let path = path(of: file)
        if let slash = path.lastIndex(of: "/") {
          try RunDirectory(path: String(path[..<slash])).create(isPrivate: false)
        }
        try await WholeFile.write(Array(file.text.utf8), to: path, isPrivate: false)
      }
    } catch let error as PipelineError {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }
}
