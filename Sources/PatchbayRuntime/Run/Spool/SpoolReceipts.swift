package import PatchbayCore

/// What of a spool is done with: all before a place, and behind it whole frames and single events.
///
/// On the disk it is a file of small frames to which each answer of the sink is appended, and which is made
/// anew when it has grown.
package struct SpoolReceipts: Sendable {
  /// Its file's name in a spool's folder.
  static let fileName = "done"
  /// What its first bytes say.
  static let formatName = "patchbay done 1"

  private enum Kind: UInt8 {
    case from = 1
    case whole, some
  }

  /// Everything before it is done.
  private(set) var start = SpoolMark(segment: 0, offset: 0)
  private var whole: Set<SpoolMark> = []
  private var some: [SpoolMark: Set<Int>] = [:]

  /// Nothing is done.
  package init() {}

  /// Reads a spool's file; a torn end of it is left out, and one that isn't there is empty.
  ///
  /// - Throws: `UnreadableInput` with the path and the reason.
  init(in folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard InputFile.isReadable(path) else { return }
    var reader = try FrameFile(path, named: Self.formatName).reader()
    while let frame = try reader.next() {
      do {
        try take(frame.content)
      } catch {
        throw UnreadableInput("\(path): can't make sense of the entry at byte \(frame.offset)")
      }
    }
  }

  /// Takes what a frame of the file says.
  ///
  /// - Throws: `ArchiveReader.Failure` if it is none of such a file.
  package mutating func take(_ bytes: ArraySlice<UInt8>) throws(ArchiveReader.Failure) {
    var reader = ArchiveReader(bytes)
    guard let kind = Kind(rawValue: try reader.number()) else { throw ArchiveReader.Failure() }
    let segment = Int(clamping: try reader.number(UInt64.self))
    let mark = SpoolMark(segment: segment, offset: Int(clamping: try reader.number(UInt64.self)))
    switch kind {
    case .from: setStart(mark)
    case .whole: whole.insert(mark)
    case .some:
      for _ in 0..<(try reader.count()) {
        some[mark, default: []].insert(Int(try reader.number(UInt32.self)))
      }
    }
  }

  /// Whether a whole frame is done with.
  func isDone(_ mark: SpoolMark) -> Bool { mark < start || whole.contains(mark) }

  /// The positions of a frame's events that are done with, though others aren't.
  func done(at mark: SpoolMark) -> Set<Int> { some[mark] ?? [] }

  /// Notes that all of a frame is done with, and writes that down.
  mutating func finish(_ mark: SpoolMark, to bytes: inout [UInt8]) {
    whole.insert(mark)
    some[mark] = nil
    Self.append(.whole, mark, to: &bytes)
  }

  /// Notes that some events of a frame are done with, and writes that down.
  mutating func finish(_ positions: [Int], of mark: SpoolMark, to bytes: inout [UInt8]) {
    if positions.isEmpty { return }
    some[mark, default: []].formUnion(positions)
    Self.append(.some, mark, positions, to: &bytes)
  }

  /// Notes that everything before a place is done with.
  mutating func setStart(_ mark: SpoolMark) {
    start = mark
    whole = whole.filter { $0 >= mark }
    some = some.filter { $0.key >= mark }
  }

  /// The whole file.
  package var bytes: [UInt8] {
    var bytes = FrameFile.start(named: Self.formatName)
    Self.append(.from, start, to: &bytes)
    for mark in whole.sorted() { Self.append(.whole, mark, to: &bytes) }
    for (mark, positions) in some.sorted(by: { $0.key < $1.key }) {
      Self.append(.some, mark, positions.sorted(), to: &bytes)
    }
    return bytes
  }

  private static func append(
    _ kind: Kind, _ mark: SpoolMark, _ positions: [Int] = [], to bytes: inout [UInt8]
  ) {
    Frame.append(to: &bytes) { writer in
      writer.append(kind.rawValue)
      writer.append(UInt64(mark.segment))
      writer.append(UInt64(mark.offset))
      guard kind == .some else { return }
      writer.append(UInt32(positions.count))
      for position in positions { writer.append(UInt32(position)) }
    }
  }
}
