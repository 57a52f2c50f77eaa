import PatchbayCore
import PatchbayJSON

extension String {
  /// Whether a stage, connection or template may have this name, so that references to it can't be
  /// misread.
  var isEntryName: Bool {
    (1...64).contains(utf8.count)
      && utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
      }
  }
}

extension IssueList {
  /// Says what names look like.
  mutating func reportMalformedName(at position: JSONPosition, path: OptionPath) {
    report(
      .malformedName, at: position, path: path,
      message: "a name has 1 to 64 letters a to z, digits, \"-\" and \"_\"")
  }
}
