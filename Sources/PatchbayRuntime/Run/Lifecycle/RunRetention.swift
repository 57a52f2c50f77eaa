import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps the newest run folders and removes older ones.
///
/// Only folders whose names this program gives (`yyyyMMdd_HHmmss-<UUIDv7>`) are looked at, and only
/// plain files in them are removed: a folder that holds anything else stays.
struct RunRetention {
  let directory: String
  let keep: Int

  func apply() {
    let runs = FolderListing.names(in: directory).filter(Self.isRun).sorted(by: >)
    for name in runs.dropFirst(keep) {
      let path = "\(directory)/\(name)"
      for file in FolderListing.names(in: path) { unlink("\(path)/\(file)") }
      rmdir(path)
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
