import PatchbayJSON

/// The objects of a shape: which names there are, in order, and what stands under each.
struct ShapeTree: Sendable {
  /// A name and what stands there.
  struct Node: Sendable {
    let name: String
    /// The name in quotes, with its colon.
    let key: [UInt8]
    var content: Content
  }

  /// What stands under a name.
  enum Content: Sendable {
    /// A member of events, by its place among those that are mapped.
    case member(Int)
    /// Always the same.
    case constant(JSONValue, text: [UInt8])
    case object([Node])
  }

  private(set) var nodes: [Node] = []
  /// The first place at which two things would stand; the later one isn't in the tree.
  private(set) var conflict: String?

  /// Adds what stands at a path of names.
  mutating func add(_ content: Content, at names: [String]) {
    if !Self.add(content, names[...], to: &nodes), conflict == nil {
      conflict = names.joined(separator: ".")
    }
  }

  private static func add(
    _ content: Content, _ names: ArraySlice<String>, to nodes: inout [Node]
  ) -> Bool {
    guard let name = names.first else { return false }
    let rest = names.dropFirst()
    guard let place = nodes.firstIndex(where: { $0.name == name }) else {
      var key: [UInt8] = []
      JSONWriter.append(name, to: &key)
      key.append(UInt8(ascii: ":"))
      var node = Node(name: name, key: key, content: content)
      if !rest.isEmpty {
        var inner: [Node] = []
        _ = add(content, rest, to: &inner)
        node.content = .object(inner)
      }
      nodes.append(node)
      return true
    }
    guard !rest.isEmpty, case .object(var inner) = nodes[place].content else { return false }
    let isFree = add(content, rest, to: &inner)
    nodes[place].content = .object(inner)
    return isFree
  }

  /// The first member that isn't an object and stands where one with constants is always written; it couldn't be
  /// written again.
  func misplaced(in members: [JSONValue.Member]) -> JSONValue.Member? {
    Self.misplaced(in: members, nodes)
  }

  private static func misplaced(
    in members: [JSONValue.Member], _ nodes: [Node]
  ) -> JSONValue.Member? {
    for member in members {
      guard let node = nodes.first(where: { $0.name == member.name }),
        case .object(let inner) = node.content
      else { continue }
      guard case .object(let held) = member.value else {
        if hasConstants(inner) { return member }
        continue
      }
      if let found = misplaced(in: held, inner) { return found }
    }
    return nil
  }

  private static func hasConstants(_ nodes: [Node]) -> Bool {
    nodes.contains { node in
      switch node.content {
      case .constant: true
      case .member: false
      case .object(let inner): hasConstants(inner)
      }
    }
  }

  /// What is left of an object without what the tree tells of; objects of which nothing is left go, too.
  func rest(of members: [JSONValue.Member]) -> [JSONValue.Member] {
    Self.rest(of: members, nodes)
  }

  private static func rest(
    of members: [JSONValue.Member], _ nodes: [Node]
  ) -> [JSONValue.Member] {
    members.compactMap { member in
      guard let node = nodes.first(where: { $0.name == member.name }) else { return member }
      guard case .object(let inner) = node.content else { return nil }
      // Not the object that is asked for: nothing of it is told by the tree.
      guard case .object(let held) = member.value else { return member }
      let left = rest(of: held, inner)
      return left.isEmpty ? nil : JSONValue.Member(member.name, .object(left))
    }
  }
}
