package import PatchbayCore
package import PatchbayJSON

/// A file of pipeline tests: which configuration, and what it must do.
package struct TestFile: OptionGroup {
  package let config: String
  package let variables: [String: String]
  package let tests: [TestCase]

  package init(from options: inout OptionReader) {
    config = options.required(
      "config", example: "config.json", .nonEmpty,
      doc: "The configuration under test, by its path from this file's folder.")
    variables = options.value(
      "variables", default: [:],
      doc: "Environment variables of all tests here; no others are seen by the configuration.")
    tests = options.list("tests", of: TestCase.self, minimum: 1, doc: "The tests, run in order.")
  }

  /// The JSON Schema (draft 2020-12) of such files.
  package static var schema: JSONValue {
    let document = options.schemaDocument(title: "Patchbay pipeline tests")
    return .object(
      (document.object ?? []).map { member in
        guard member.name == "properties" else { return member }
        let hint = JSONValue.Member(
          hintName, ["description": "Where editors find this schema."])
        return .init(member.name, .object([hint] + (member.value.object ?? [])))
      })
  }

  /// A member that is a hint for editors and no option.
  static let hintName = "$schema"
}
