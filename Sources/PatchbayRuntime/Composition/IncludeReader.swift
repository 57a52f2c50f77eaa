import PatchbayCore
import PatchbayJSON

/// Reads a configuration's file and those that it includes, each once, and merges them.
package struct IncludeReader {
  /// How deep files may include each other.
  private static let depth = 64

  private(set) var issues = IssueList()
  /// The texts that were read, in order; a position's `source` is an index into them.
  private(set) var sources: [SourceText] = []
  /// The variables in paths.
  private(set) var uses: [VariableUse] = []
  /// Whether a part of the configuration couldn't be read, so that things may be missing for that.
  private(set) var isIncomplete = false

  private let variables: [String: String]
  private let readFile: @Sendable (String) throws -> [UInt8]
  /// The files that are being read, outermost first.
  private var open: [String] = []
  /// The files that were read, merged over their includes; nil for those that can't be.
  private var known: [String: JSONNode?] = [:]

  init(
    variables: [String: String], readFile: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.variables = variables
    self.readFile = readFile
  }

  /// Parses a text and merges it over what it includes.
  mutating func read(_ text: SourceText) -> JSONNode? {
    let index = sources.count
    sources.append(text)
    guard let document = issues.parse(text.bytes, source: index) else {
      isIncomplete = true
      return nil
    }
    open.append(text.name)
    defer { open.removeLast() }
    var base: JSONNode?
    for (path, node, place) in includes(of: document) {
      guard let included = include(path, of: text.name, node, place) else { continue }
      base = base.map { merge(included, over: $0) } ?? included
    }
    var root = document.without("include")
    if let base {
      root = merge(root, over: base)
      root.position = document.position
    }
    return root
  }

  private mutating func includes(of root: JSONNode) -> [(String, JSONNode, OptionPath)] {
    guard let value = root.member("include")?.value else { return [] }
    let place = OptionPath("include")
    let entries: [(JSONNode, OptionPath)] =
      if case .array(let elements) = value.content {
        elements.enumerated().map { ($1, place.appending($0)) }
      } else {
        [(value, place)]
      }
    return entries.compactMap { entry, place in
      var substitution = Substitution(variables: variables)
      let node = substitution.apply(to: entry, at: place)
      issues.append(contentsOf: substitution.issues.issues)
      uses += substitution.uses
      // A variable that is wrong is reported; what it leaves isn't as well.
      if substitution.issues.hasErrors {
        isIncomplete = true
        return nil
      }
      if case .string(let path) = node.content, !path.isEmpty { return (path, node, place) }
      issues.report(
        .wrongType, at: entry.position, path: place,
        message: "expected a file's path, found \(node.value == "" ? "an empty one" : entry.kind)")
      return nil
    }
  }

  private mutating func include(
    _ path: String, of includer: String, _ node: JSONNode, _ place: OptionPath
  ) -> JSONNode? {
    let path = Self.path(path, from: includer)
    if let start = open.firstIndex(of: path) {
      issues.report(
        .includeCycle, at: node.position, path: place,
        message: "files include each other in a circle: "
          + (open[start...] + [path]).joined(separator: " -> "))
      isIncomplete = true
      return nil
    }
    if open.count >= Self.depth {
      issues.report(
        .includeCycle, at: node.position, path: place,
        message: "files include each other deeper than \(Self.depth) levels")
      isIncomplete = true
      return nil
    }
    if let root = known[path] { return root }
    let root = readIncluded(path, node, place)
    if root == nil { isIncomplete = true }
    known[path] = root
    return root
  }

  private mutating func readIncluded(
    _ path: String, _ node: JSONNode, _ place: OptionPath
  ) -> JSONNode? {
    let bytes: [UInt8]
    do {
      bytes = try readFile(path)
    } catch {
      let reason =
        node.origin == .environment
        ? "can't read the file whose name comes from a variable" : "\(error)"
      issues.report(.unreadableInclude, at: node.position, path: place, message: reason)
      return nil
    }
    guard let root = read(SourceText(name: path, bytes: bytes)) else { return nil }
    guard root.members != nil else {
      issues.report(
        .wrongType, at: root.position, path: OptionPath(),
        message: "expected an object, found \(root.kind)")
      return nil
    }
    return root.without("$schema")
  }

  /// A path as it is meant in a file: from that file's folder.
  package static func path(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path.tidyPath }
    return (file[...slash] + path).description.tidyPath
  }

  private mutating func merge(_ patch: JSONNode, over base: JSONNode) -> JSONNode {
    var merge = JSONMerge()
    let merged = merge.lay(patch, over: base)
    issues.append(contentsOf: merge.issues.issues)
    return merged
  }

  /// Adds a text that is no file of the configuration: a setting, a test.
  ///
  /// - Returns: its index, for positions in it.
  mutating func add(_ text: SourceText) -> Int {
    sources.append(text)
    return sources.count - 1
  }
}

extension String {
  /// The path without `.` and with `..` taken back, so that one file has one name.
  fileprivate var tidyPath: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
