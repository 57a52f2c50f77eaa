import PatchbayCore
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a program has started and put into process groups of their own, which signals to its group
/// don't reach.
///
/// Found by their parents, so only while those live: a daemon whose parent has ended belongs to
/// nobody. Where there is no `/proc`, none are found.
struct ProcessTree: Sendable {
  private struct Entry: Equatable {
    let id: Int32
    let parent: Int32
    let group: Int32
    /// Tells a process from a later one with its id.
    let startTime: UInt64
  }

  private let strays: [Entry]

  /// Looks for what descends from a process outside its group, which has the process's id.
  init(below root: Int32) async {
    let lane = BlockingLane("patchbay.processes")
    let all = (try? await lane.run { Self.read() }) ?? []
    let children = Dictionary(grouping: all, by: \.parent)
    var found: [Entry] = []
    var next = [root]
    while let id = next.popLast() {
      let born = (children[id] ?? []).filter { !found.contains($0) }
      found += born
      next += born.map(\.id)
    }
    strays = found.filter { $0.group != root }
  }

  /// Sends a signal to those that are still there.
  func send(_ signal: Signal) {
    for stray in strays where Self.entry(stray.id)?.startTime == stray.startTime {
      kill(stray.id, signal.rawValue)
    }
  }

  private static func read() -> [Entry] {
    FolderListing.names(in: "/proc").compactMap { Int32($0) }.compactMap(entry)
  }

  private static func entry(_ id: Int32) -> Entry? {
    guard let bytes = try? InputFile.contents(of: "/proc/\(id)/stat", upTo: 4_096),
      // The second field is a name in parentheses that may contain anything.
      let name = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = String(decoding: bytes[(name + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
      let startTime = UInt64(fields[19])
    else { return nil }
    return Entry(id: id, parent: parent, group: group, startTime: startTime)
  }
}
