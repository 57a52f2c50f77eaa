import Foundation

/// Tells files that can be read twice from pipes and the like.
enum RegularFile {
  static func isOne(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }
}
