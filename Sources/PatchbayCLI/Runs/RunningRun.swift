import ArgumentParser
import Dashboard
import PatchbayCore
import PatchbayRuntime

extension RunsFolder {
  /// The socket of a run that goes on, or the end of the program with 66.
  ///
  /// - Parameter name: its folder, its id, or nil for the newest that goes on.
  func socket(of name: String?) throws -> (folder: String, path: String) {
    do {
      let folder = try running(name)
      guard let path = RunSocket.path(in: folder) else {
        throw UnreadableInput(
          "\(folder): the path is too long for a socket; run it from a folder nearer to it")
      }
      guard InputFile.isReadable(path) else {
        throw UnreadableInput(
          "\(folder): this run has no socket; it has ended, or was begun by another program")
      }
      return (folder, path)
    } catch {
      throw Self.end(error)
    }
  }

  private func running(_ name: String?) throws -> String {
    if let name {
      if let folder = folders.all.first(where: { $0.hasSuffix("-" + name) }) { return folder }
      if InputFile.isReadable(name) { return name }
      throw UnreadableInput("there is no run \(name): expected a run's folder or its id")
    }
    if let folder = folders.all.first(where: RunFolders.isInUse) { return folder }
    throw UnreadableInput("no run in \(directory) goes on")
  }

  /// Says what went wrong; the end of the program.
  static func end(_ error: any Error) -> ArgumentParser.ExitCode {
    Terminal.printError("patchbay: \(error)")
    return ArgumentParser.ExitCode(
      (error is UnreadableInput ? PatchbayCore.ExitCode.unreadableInput : .failure).rawValue)
  }
}
