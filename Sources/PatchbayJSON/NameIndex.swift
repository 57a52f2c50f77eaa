/// Finds members of an object that is being read.
///
/// By bytes: to JSON, names that merely look alike are different. Few names are compared one by one,
/// since hashing each takes longer than all else about a small object.
struct NameIndex {
  private static let few = 16

  private var offsets: [[UInt8]: Int] = [:]

  /// The member of that name; the same members as before are given each time, and those since.
  mutating func first(_ name: String, in members: [JSONNode.Member]) -> JSONNode.Member? {
    if members.count <= Self.few {
      return members.first { $0.name == name && $0.name.utf8.elementsEqual(name.utf8) }
    }
    for offset in offsets.count..<members.count {
      offsets[Array(members[offset].name.utf8)] = offset
    }
    return offsets[Array(name.utf8)].map { members[$0] }
  }
}
