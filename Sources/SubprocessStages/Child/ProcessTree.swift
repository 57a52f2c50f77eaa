import PatchbayCore
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process groups that a program has made for what it has started, which signals to its own group
/// don't reach.
///
/// Groups and not processes: a process may start another between the look and the signal, and that one
/// belongs to its group. Found by their members' parents, so only while those live: a daemon whose
/// parent has ended belongs to nobody. Where there is no `/proc`, none are found.
struct ProcessTree: Sendable {
  private struct Entry {
    let id: Int32
    let parent: Int32
    let group: Int32
    /// Tells a process from a later one with its id.
    let startTime: UInt64
  }

  /// A group; the id is its leader's, and given to no other process while it has members.
  private struct Group {
    let id: Int32
    /// Nil if the leader had ended before.
    let leaderStartTime: UInt64?
  }

  private let strays: [Group]

  /// Looks for the groups of what descends from a process, without its own, which has its id.
  ///
  /// Reads many small files: on a task, `find(below:)` does so elsewhere.
  init(below root: Int32) {
    let all = Self.read()
    let children = Dictionary(grouping: all, by: \.parent)
    var born: Set = [root]
    var next = [root]
    while let id = next.popLast() {
      next += (children[id] ?? []).map(\.id).filter { born.insert($0).inserted }
    }
    // A group with somebody else in it isn't the program's to end.
    strays = Dictionary(grouping: all, by: \.group)
      .filter { id, members in id != root && members.allSatisfy { born.contains($0.id) } }
      .map { id, members in
        Group(id: id, leaderStartTime: members.first { $0.id == id }?.startTime)
      }
  }

  /// Looks for them on a thread that may block.
  static func find(below root: Int32) async -> ProcessTree? {
    try? await BlockingLane("patchbay.processes").run { ProcessTree(below: root) }
  }

  /// Kills a process that leads a group, and whatever it has started, at once.
  static func killAll(from root: Int32) {
    let strays = ProcessTree(below: root)
    kill(-root, SIGKILL)
    strays.send(.kill)
  }

  /// Sends a signal to all that are still there.
  func send(_ signal: Signal) {
    for stray in strays {
      let leader = Self.entry(stray.id)
      if leader == nil || leader?.startTime == stray.leaderStartTime {
        kill(-stray.id, signal.rawValue)
      }
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
