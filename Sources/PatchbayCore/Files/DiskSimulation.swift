package import SystemPackage

/// What stands in for the disk in a simulation: it decides what fails, and learns what is safe.
///
/// Files that are opened while one is set ask it before they change anything, and tell it what they have saved.
package protocol DiskSimulation: Sendable {
  /// How much of a change is let through: all of it, or so many bytes and then an error.
  func admit(_ change: DiskChange) -> DiskAdmission
  /// A file was opened.
  func opened(_ path: String, _ descriptor: FileDescriptor)
  /// A file is about to be closed.
  func closing(_ descriptor: FileDescriptor)
  /// What was written to a file so far is on the disk.
  func saved(_ path: String)
  /// A file is about to take another one's place, so that what was there is lost unless its folder is saved.
  func replacing(_ path: String)
  /// The names in a folder are on the disk; with `isDeep`, and everything below it.
  func savedNames(in folder: String, isDeep: Bool)
}

/// A change of what is on the disk.
package enum DiskChange: Sendable, Equatable {
  case open(String)
  case write(String, bytes: Int)
  case resize(String)
  case save(String)
  case replace(String)
  case remove(String)
}

/// How much of a change is let through.
package enum DiskAdmission: Sendable, Equatable {
  case all
  /// Of a write so many bytes, of anything else nothing; then it fails.
  case part(Int, Errno)
}

/// The disk, or what stands in for it.
package enum Disk {
  /// What stands in for it; nil but in simulations.
  @TaskLocal package static var simulation: (any DiskSimulation)?

  /// Whether a file may be removed: always, but in simulations.
  package static func mayRemove(_ path: String) -> Bool {
    simulation.map { $0.admit(.remove(path)) == .all } ?? true
  }
}
