import PatchbayCore

/// Keeps the newest run folders and empties older ones.
///
/// Only folders whose names this program gives (`yyyyMMdd_HHmmss-<UUIDv7>`) are looked at, no links,
/// none whose run goes on, and only plain files in them are removed, and audits that are folders: a folder
/// that holds anything else stays. Audits stay as well, unless it is said how many runs keep theirs.
struct RunRetention {
  /// Where the run folders are.
  let directory: String
  /// How many folders are left as they are.
  let keep: Int
  /// How many keep their audits; nil for all of them.
  let keepAudits: Int?

  /// Removes what is to go; what can't be removed stays.
  func apply() {
    let runs = FolderListing.names(in: directory).filter(Self.isRun).sorted(by: >)
    for (age, name) in runs.enumerated().dropFirst(keep) {
      let keepsAudits = keepAudits.map { age < $0 } ?? true
      empty(RunDirectory(path: "\(directory)/\(name)"), keepsAudits: keepsAudits)
    }
  }

  private func empty(_ run: RunDirectory, keepsAudits: Bool) {
    // Held until the folder is dealt with: its run can't be taken up meanwhile.
    guard let lock = try? FolderLock(run.path) else { return }
    let audits = keepsAudits ? run.audits : []
    for name in FolderListing.names(in: run.path) where name != RunDirectory.auditList {
      if audits.contains(name) { continue }
      lock.remove(name)
      // An audit may be a folder; any other is somebody else's.
      if run.audits.contains(name) { lock.removeTree(name) }
    }
    if FolderListing.names(in: run.path).allSatisfy({ $0 == RunDirectory.auditList }) {
      lock.remove(RunDirectory.auditList)
      lock.removeFolder()
    }
  }

  static func isRun(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.count == 15 + 1 + 36, bytes[15] == UInt8(ascii: "-") else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let isStamp = bytes[..<15].enumerated().allSatisfy { index, byte in
      index == 8 ? byte == UInt8(ascii: "_") : digits.contains(byte)
    }
    return isStamp && UUIDBits(lowercase: bytes[16...]) != nil
  }
}
