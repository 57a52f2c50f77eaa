package import PatchbayCore
package import PatchbayJSON

extension IssueList {
  /// Parses a text; nil if it isn't JSON, which is reported, as are names that stand twice.
  ///
  /// - Parameter source: which of several texts it is, for the positions.
  package mutating func parse(_ text: [UInt8], source: Int = 0) -> JSONNode? {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: text, source: source)
    } catch {
      report(.syntax, at: error.position, path: OptionPath(), message: error.message)
      return nil
    }
    for twice in document.duplicateNames {
      report(
        .duplicateName, at: twice.position, path: document.root.path(of: twice.path),
        message: "is set twice; first in line \(twice.first.line), column \(twice.first.column)")
    }
    return document.root
  }
}
