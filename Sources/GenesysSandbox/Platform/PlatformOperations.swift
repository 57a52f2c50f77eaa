import HTTPTypes

/// What the platform offers, whether the sandbox has it or not: it must not say of what it lacks that
/// there is no such thing.
///
/// Paths and methods of the official client for Python (`PureCloudPlatformClientV2` 269.0.0).
enum PlatformOperations {
  private struct Entry: Sendable {
    var path: PathPattern
    var methods: Set<String>
  }

  private static let paths = PathTable<Entry>(
    "\(list)".split(separator: "\n").map { line in
      let words = line.split(separator: " ").map(String.init)
      return (words[0], Entry(path: PathPattern(words[0]), methods: Set(words.dropFirst())))
    })

  /// The path that the platform would take a request for, of those with its method.
  static func path(of method: HTTPRequest.Method, _ path: String) -> PathPattern? {
    paths.matches(path).first { $0.value.methods.contains(method.rawValue) }?.value.path
  }

  /// Whether the platform has a path, and the method there.
  static func find(_ method: HTTPRequest.Method, _ path: String) -> Found {
    let methods = paths.matches(path).map(\.value)
    let method = method == .head ? .get : method
    if methods.isEmpty { return .noPath }
    return methods.contains { $0.methods.contains(method.rawValue) } ? .operation : .otherMethods
  }

  /// What the platform has at a path.
  enum Found {
    case noPath
    case otherMethods
    case operation
  }
}
