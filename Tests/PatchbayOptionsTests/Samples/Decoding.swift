import PatchbayJSON
import PatchbayOptions
import Testing

extension OptionGroup {
  /// Decodes a text in which `${NAME}` is taken from `environment`.
  static func decode(
    _ text: String, at path: OptionPath = OptionPath(), environment: [String: String] = [:]
  ) throws -> DecodedOptions<Self> {
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    return decode(root.substituting(environment), at: path)
  }

  /// What a configuration in `config.json` is told.
  static func complaints(
    _ text: String, at path: OptionPath = OptionPath(), environment: [String: String] = [:]
  ) throws -> [String] {
    let decoded = try decode(text, at: path, environment: environment)
    #expect((decoded.value == nil) == decoded.issues.contains { $0.severity == .error })
    return decoded.issues.map { $0.rendered(file: "config.json") }
  }
}

extension JSONNode {
  fileprivate func substituting(_ environment: [String: String]) -> JSONNode {
    switch content {
    case .string(let text):
      for (name, value) in environment where text == "${\(name)}" {
        return JSONNode(.string(value), at: position, origin: .environment)
      }
      return self
    case .array(let elements):
      return JSONNode(.array(elements.map { $0.substituting(environment) }), at: position)
    case .object(let members):
      let substituted = members.map {
        Member($0.name, at: $0.position, $0.value.substituting(environment))
      }
      return JSONNode(.object(substituted), at: position)
    case .null, .bool, .integer, .number:
      return self
    }
  }
}
