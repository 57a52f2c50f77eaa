import PatchbayCore

/// Makes a damaged spool readable again: what can't be read is set aside, beside the segment, and everything
/// else stays where it is.
package struct SpoolRepair {
  /// What was set aside.
  package struct Step: Sendable {
    /// Where it is now.
    package let file: String
    package let bytes: Int
  }

  private let path: String
  private let lock: FolderLock

  /// Takes a spool's folder.
  ///
  /// - Throws: `PipelineError` if it isn't there, or a run has it.
  package init(_ path: String) throws {
    guard let lock = try FolderLock(path) else {
      throw PipelineError("the spool \(path) is in use by a run", code: .fileInUse)
    }
    self.path = path
    self.lock = lock
  }

  /// Sets aside what can't be read; it blocks.
  ///
  /// - Returns: what was set aside; nothing if all could be read.
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func run() throws -> [Step] {
    var steps: [Step] = []
    var receipts = SpoolReceipts()
    do {
      receipts = try SpoolReceipts(in: path)
    } catch {
      // Without them everything that is left is delivered, some of it once more.
      steps.append(try setAside(SpoolReceipts.fileName))
    }
    // One damaged place hides those behind it.
    while let damage = SpoolScan(path, receipts).damages.first {
      steps.append(try mend(damage.mark))
    }
    return steps
  }

  private func mend(_ mark: SpoolMark) throws -> Step {
    let name = SpoolSegments.name(of: mark.segment)
    let segment = "\(path)/\(name)"
    let bytes = try InputFile.contents(of: segment, upTo: .max)
    guard mark.offset >= FrameFile.nameLength, mark.offset < bytes.count else {
      return try setAside(name)
    }
    let next = Self.nextFrame(behind: mark.offset, in: bytes)
    let damaged = bytes[mark.offset..<next]
    let file = "\(segment).damaged-at-\(mark.offset)"
    try WholeFile.writeDurably(Array(damaged), to: file)
    var mended = Array(bytes[..<mark.offset])
    // Frames stay at their places, since receipts name those.
    if next < bytes.count { SpoolEntry.hole(of: damaged.count, to: &mended) }
    try WholeFile.writeDurably(mended + bytes[next...], to: segment)
    return Step(file: file, bytes: damaged.count)
  }

  private func setAside(_ name: String) throws -> Step {
    let bytes = try InputFile.contents(of: "\(path)/\(name)", upTo: .max)
    let file = "\(path)/\(name).damaged"
    try WholeFile.writeDurably(bytes, to: file)
    lock.remove(name)
    return Step(file: file, bytes: bytes.count)
  }

  /// Where the next frame begins that makes sense, or the end.
  private static func nextFrame(behind start: Int, in bytes: [UInt8]) -> Int {
    var place = start + Frame.header + 1
    while place + Frame.header < bytes.count {
      if let head = Frame.Head(bytes[place...]), head.length > 0,
        head.length <= bytes.count - place - Frame.header
      {
        let content = bytes[(place + Frame.header)..<(place + Frame.header + head.length)]
        if Checksum.of(content) == head.checksum, (try? SpoolEntry(content)) != nil { return place }
      }
      place += 1
    }
    return bytes.count
  }
}
