import CFileSystem
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits until a whole file system is on the disk.
package enum DiskBarrier {
  /// Waits until everything that was written below a folder is on the disk, and whatever else its file
  /// system holds: for thousands of small files at once, each of which would wait for the disk by itself.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package static func wait(for folder: String) throws {
    do {
      let file = try SystemFile(folder, .readOnly, .directory)
      defer { file.close() }
      guard patchbay_sync_file_system(file.descriptor.rawValue) == 0 else {
        throw Errno(rawValue: errno)
      }
      Disk.simulation?.savedNames(in: folder, isDeep: true)
    } catch {
      throw PipelineError("can't save \(folder): \(error)", code: .unusableFile)
    }
  }
}
