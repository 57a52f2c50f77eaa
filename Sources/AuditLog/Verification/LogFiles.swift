import Foundation
import PatchbayCore

/// Reads files of a log's tree.
enum LogFiles {
  /// A tile or a bundle; of one that isn't full the whole one serves as well, whose beginning it is.
  static func tile(_ path: String, of folder: LogFolder, limit: Int) -> [UInt8]? {
    if let bytes = try? InputFile.contents(of: folder.file(path), upTo: limit) { return bytes }
    guard let end = path.range(of: ".p/") else { return nil }
    let whole = String(path[..<end.lowerBound])
    let bytes = try? InputFile.contents(of: folder.file(whole), upTo: limit - 1)
    return bytes
  }
}
