package import PatchbayCore
import PatchbayJSON

/// The folders of runs that lie in a folder.
package struct RunFolders {
  /// The folder in which runs make theirs.
  package let directory: String

  /// Looks into the folder in which runs make theirs.
  package init(in directory: String) { self.directory = directory }

  /// The folders, the newest first.
  package var all: [String] {
    FolderListing.names(in: directory).filter(RunRetention.isRun).sorted(by: >)
      .map { "\(directory)/\($0)" }
  }

  /// Whether the run of a folder still goes on.
  package static func isInUse(_ folder: String) -> Bool {
    do {
      return try FolderLock(folder) == nil
    } catch {
      return false
    }
  }

  /// The folder of a run that can be gone on with.
  ///
  /// - Parameter name: the folder itself, the run's id, or `last` for the last one that has a journal.
  /// - Throws: `UnreadableInput` if there is none.
  package func interrupted(_ name: String) throws -> String {
    try folder(name, having: Journal.fileName, "can be gone on with: none has a journal")
  }

  /// The folder of a run that has a report.
  ///
  /// - Parameter name: the folder itself, the run's id, or `last` for the last one that has a report.
  /// - Throws: `UnreadableInput` if there is none.
  package func reported(_ name: String) throws -> String {
    try folder(name, having: RunReport.fileName, "has a report")
  }

  private func folder(_ name: String, having file: String, _ lack: String) throws -> String {
    if name == "last" {
      if let last = all.first(where: { InputFile.isReadable("\($0)/\(file)") }) { return last }
      throw UnreadableInput("no run in \(directory) \(lack)")
    }
    if let run = all.first(where: { $0.hasSuffix("-" + name) }) { return run }
    if InputFile.isReadable(name) { return name }
    throw UnreadableInput("there is no run \(name): expected a run's folder, its id, or \"last\"")
  }
}

extension RunReport {
  /// The most bytes of a report or a timeline.
  private static let mostBytes = 64 << 20

  /// Reads the report in a run's folder, with its timeline if it has one.
  ///
  /// - Throws: `UnreadableInput` that names the file and what is wrong with it.
  package init(readingFrom folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    do {
      try self.init(Self.json(path), directory: folder)
    } catch let error as UnreadableInput {
      throw error
    } catch {
      throw UnreadableInput("\(path): \(error)")
    }
    let timeline = "\(folder)/\(RunTimeline.fileName)"
    guard InputFile.isReadable(timeline) else { return }
    guard let read = RunTimeline(try Self.json(timeline)) else {
      throw UnreadableInput("\(timeline): it isn't a timeline of a run")
    }
    self.timeline = read
  }

  private static func json(_ path: String) throws -> JSONValue {
    let bytes = try InputFile.contents(of: path, upTo: mostBytes)
    do {
      return try JSONValue(parsing: bytes, limits: JSONLimits(bytes: mostBytes))
    } catch {
      throw UnreadableInput("\(path): \(error)")
    }
  }
}
