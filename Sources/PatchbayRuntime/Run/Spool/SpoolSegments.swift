import PatchbayCore

/// The files that a spool's folder holds.
enum SpoolSegments {
  /// What the first bytes of a segment say.
  static let formatName = "patchbay spool1"
  private static let ending = ".events"
  private static let documentEnding = ".document"
  private static let digits = 10

  /// The numbers of the segments, in their order.
  static func numbers(in folder: String) -> [Int] {
    FolderListing.names(in: folder).compactMap { name in
      guard name.hasSuffix(ending), name.utf8.count == digits + ending.utf8.count else {
        return nil
      }
      return Int(name.dropLast(ending.count))
    }.sorted()
  }

  /// A segment's file name.
  static func name(of number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text + ending
  }

  /// The names of the documents that wait, the oldest first: they are those of runs.
  static func documents(in folder: String) -> [String] {
    FolderListing.names(in: folder).filter { $0.hasSuffix(documentEnding) }.sorted()
  }

  /// The file name of a run's document.
  static func document(of run: UUIDBits) -> String { "\(run)\(documentEnding)" }

  /// Opens a segment to be read.
  ///
  /// - Throws: `UnreadableInput` with the path and the reason.
  static func open(_ number: Int, in folder: String) throws -> FrameFile {
    try FrameFile("\(folder)/\(name(of: number))", named: formatName)
  }
}
