import Foundation
import PatchbayCore
import PatchbayJSON

/// Other people's test vectors, in `Tests/Fixtures/transparency`.
enum Vectors {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/transparency").path

  static func bytes(_ path: String) throws -> [UInt8] {
    try InputFile.contents(of: "\(folder)/\(path)", upTo: 1 << 24)
  }

  /// The files below a folder, by their paths from there.
  static func files(_ path: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: "\(folder)/\(path)")?.allObjects ?? []
    return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
  }
}
