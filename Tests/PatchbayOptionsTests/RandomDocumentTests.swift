import PatchbayJSON
import PatchbayOptions
import Testing

struct RandomDocumentTests {
  /// Each group, with names that lead into it and a secret that must not come out.
  private static let types: [any OptionGroup.Type] = [
    SlackSample.self, HTTPSample.self, WalkSample.Options.self, TreeSample.self, PingSample.self,
  ]

  @Test(arguments: 0..<5)
  func `any document is decoded or refused`(group: Int) {
    let type = Self.types[group]
    var documents = RandomDocuments(seed: UInt64(group), type.options)
    var accepted = 0
    var failures: [String] = []
    for _ in 0..<4000 {
      let document = documents.next()
      let decoded = type.decodeErased(document, at: OptionPath("sinks", "x"))
      let isFine = Self.isConsistent(decoded) && Self.isStable(decoded, type)
      if !isFine { failures.append(document.value.text()) }
      if decoded.value != nil { accepted += 1 }
    }
    #expect(failures == [])
    #expect((500...3500).contains(accepted))
  }

  /// Whether a value and errors exclude each other, issues are in order, and none quotes a text
  /// from the environment.
  private static func isConsistent(_ decoded: DecodedOptions<any OptionGroup>) -> Bool {
    let hasError = decoded.issues.contains { $0.severity == .error }
    let positions = decoded.issues.map(\.position)
    return (decoded.value == nil) == hasError
      && zip(positions, positions.dropFirst()).allSatisfy { $0 <= $1 }
      && !decoded.issues.contains { $0.message.contains(RandomDocuments.secret) }
  }

  /// Whether the effective configuration of what was accepted means itself.
  private static func isStable(
    _ decoded: DecodedOptions<any OptionGroup>, _ type: any OptionGroup.Type
  ) -> Bool {
    if decoded.value == nil { return true }
    let again = type.decodeErased(JSONNode(decoded.effective), at: OptionPath())
    return again.value != nil && again.effective == decoded.effective
  }
}
