package import PatchbayCore
import PatchbayJSON

/// The folder of one run, locked from `make` or `takeUp` until its last reference is gone.
///
/// Whoever removes folders leaves a locked one alone. The lock goes with the process, however that
/// ends.
package final class RunFolder: Sendable {
  /// What stages are given of it.
  package let directory: RunDirectory
  private let lock: FolderLock

  private init(_ directory: RunDirectory, _ lock: FolderLock) {
    self.directory = directory
    self.lock = lock
  }

  /// Makes the folder of a new run.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package static func make(_ directory: RunDirectory) async throws -> RunFolder {
    try await BlockingLane("patchbay.folder").run {
      try directory.create()
      return try locked(directory)
    }
  }

  /// Takes up the folder of a run that has ended, in whatever way.
  ///
  /// - Throws: `PipelineError` if it isn't there, or its run still goes on.
  package static func takeUp(_ directory: RunDirectory) async throws -> RunFolder {
    try await BlockingLane("patchbay.folder").run {
      let folder = try locked(directory)
      folder.lock.removeDrafts()
      return folder
    }
  }

  private static func locked(_ directory: RunDirectory) throws -> RunFolder {
    guard let lock = try FolderLock(directory.path, inTime: true) else {
      throw PipelineError("\(directory.path) belongs to a run that still goes on", code: .fileInUse)
    }
    return RunFolder(directory, lock)
  }

  /// Writes `report.json`, whole or not at all.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func write(_ report: RunReport) async throws {
    let path = try directory.path(of: RunReport.fileName)
    try await WholeFile.write(Array(report.json.text(.pretty).utf8) + [0x0A], to: path)
  }

  /// Writes `timeline.json`, whole or not at all.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func write(_ timeline: RunTimeline) async throws {
    let path = try directory.path(of: RunTimeline.fileName)
    try await WholeFile.write(Array(timeline.json.text().utf8) + [0x0A], to: path)
  }
}

extension RunReport {
  /// The name of the report in a run's folder.
  package static let fileName = "report.json"
}

extension RunTimeline {
  /// The name of the timeline in a run's folder.
  package static let fileName = "timeline.json"
}
