import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that is this process's alone while the value lives; what is in it is named from there, so
/// that no link can lead elsewhere.
package final class FolderLock: Sendable {
  private let folder: SystemFile

  /// Locks a folder, unless somebody else has; a link to a folder is none.
  ///
  /// - Parameter inTime: whether to try for a moment: somebody may only look whether it is locked.
  /// - Returns: nil if somebody else has it.
  /// - Throws: `PipelineError` with the path and the system's reason.
  package init?(_ path: String, inTime: Bool = false) throws {
    do {
      folder = try SystemFile(path, .readOnly, [.directory, .noFollow])
    } catch {
      throw PipelineError("can't open the folder \(path): \(error)", code: .unusableFile)
    }
    // Where this fails the lock is let go of by `deinit`, as always.
    do {
      if try !(inTime ? folder.lockInTime() : folder.lock()) { return nil }
    } catch {
      throw PipelineError("can't lock the folder \(path): \(error)", code: .unusableFile)
    }
  }

  deinit { folder.close() }

  /// Removes a plain file in the folder, or a socket; anything else stays.
  package func remove(_ name: String) {
    guard Disk.mayRemove("\(folder.path)/\(name)") else { return }
    var status = stat()
    guard fstatat(folder.descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      [S_IFREG, S_IFSOCK].contains(status.st_mode & S_IFMT)
    else { return }
    unlinkat(folder.descriptor.rawValue, name, 0)
  }

  /// Removes what a kill has left of files that were being written, here and in the folders that are here.
  package func removeDrafts() {
    for name in FolderListing.names(in: folder.path) {
      if WholeFile.isDraft(name) {
        remove(name)
        continue
      }
      var status = stat()
      guard fstatat(folder.descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFDIR
      else { continue }
      for inner in FolderListing.names(in: "\(folder.path)/\(name)") where WholeFile.isDraft(inner)
      {
        remove("\(name)/\(inner)")
      }
    }
  }

  /// Removes a folder in the folder with all plain files and folders below it.
  ///
  /// Anything else stays, and with it the folders that lead to it. No link is followed.
  package func removeTree(_ name: String) {
    Self.removeTree(name, in: folder.descriptor.rawValue)
  }

  private static func removeTree(_ name: String, in parent: CInt) {
    let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    // The stream owns the descriptor from here on.
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return
    }
    for name in FolderListing.names(in: stream) {
      var status = stat()
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: unlinkat(descriptor, name, 0)
      case S_IFDIR: removeTree(name, in: descriptor)
      default: break
      }
    }
    closedir(stream)
    unlinkat(parent, name, AT_REMOVEDIR)
  }

  /// Waits until the names in the folder are on the disk.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func synchronize() throws {
    do {
      try folder.synchronize()
      Disk.simulation?.savedNames(in: folder.path, isDeep: false)
    } catch {
      throw PipelineError("can't save \(folder.path): \(error)", code: .unusableFile)
    }
  }

  /// Removes the folder itself, if it is empty.
  package func removeFolder() { rmdir(folder.path) }
}
