import PatchbayCore
import PatchbayJSON

/// A file or several, by their paths and by patterns of paths.
struct FilePatterns: OptionValue {
  let paths: [String]

  static let example = FilePatterns(paths: ["calls.csv"])

  static var shape: OptionShape { .oneOrMany(.string) }

  var json: JSONValue {
    paths.count == 1 ? .string(paths[0]) : .array(paths.map { .string($0) })
  }

  static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> FilePatterns? {
    let decoded: DecodedOptions<[String]>
    if case .string(let text) = node.content {
      decoded = DecodedOptions([text], IssueList(), effective: .string(text))
    } else {
      decoded = [String].decode(node, at: path)
    }
    issues.append(contentsOf: decoded.issues)
    return decoded.value.map { FilePatterns(paths: $0) }
  }
}
