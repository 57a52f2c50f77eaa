import ArgumentParser
import PatchbayCore
import PatchbayRuntime
import Reports

/// Where runs are looked for.
struct RunsFolder: ParsableArguments {
  @Option(help: "The folder in which runs make theirs: \"run.directory\" of their configuration.")
  var directory = "runs"

  var folders: RunFolders { RunFolders(in: directory) }

  /// The report of a run, or the end of the program with 66.
  func report(of name: String) throws -> (folder: String, report: RunReport) {
    do {
      let folder = try folders.reported(name)
      return (folder, try RunReport(readingFrom: folder))
    } catch {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
  }
}

extension RunReport {
  /// The name of the page in a run's folder.
  static let pageName = "report.html"

  /// Writes the page beside the report.
  ///
  /// - Returns: its path.
  /// - Throws: `PipelineError` with the path and the system's reason.
  func writePage(in folder: String) async throws -> String {
    let path = "\(folder)/\(Self.pageName)"
    try await WholeFile.write(Array(RunPage(self).text.utf8), to: path)
    return path
  }
}
