package import PatchbayJSON

/// A secret in a configuration: where it stands, never what it is.
package struct SecretPlace: Sendable, Equatable {
  /// The option.
  package let path: OptionPath
  /// Where its value stands.
  package let position: JSONPosition
  /// Whether it stands there literally rather than coming from the environment.
  package let isLiteral: Bool
  /// Whether it surely is a credential: not one that has a default, as stand-ins' do, nor a value
  /// of a map whose name says nothing of the kind.
  package let isCredential: Bool
  /// How it would be taken from the environment: `${GENESYS_CLOUD_CLIENT_SECRET}`.
  package let suggestion: String
}

extension OptionGroupDescription {
  /// Every secret that an object with these options holds, in document order.
  package func secrets(in node: JSONNode, at path: OptionPath) -> [SecretPlace] {
    (node.members ?? []).flatMap { member -> [SecretPlace] in
      guard let option = options.first(where: { $0.isCalled(member.name) }) else { return [] }
      let isCredential = if case .defaulted = option.presence { false } else { true }
      var suggestion = "${SECRET}"
      if case .required(.string(let example)) = option.presence { suggestion = example }
      return option.shape.secrets(
        in: member.value, at: path.appending(member.name),
        isCredential: isCredential, suggestion)
    }
  }
}

extension OptionShape {
  fileprivate func secrets(
    in node: JSONNode, at path: OptionPath, isCredential: Bool, _ suggestion: String
  ) -> [SecretPlace] {
    switch self {
    case .secret:
      guard node.isString else { return [] }
      return [
        SecretPlace(
          path: path, position: node.position, isLiteral: node.origin != .environment,
          isCredential: isCredential, suggestion: suggestion)
      ]
    case .map(let element):
      return (node.members ?? []).flatMap {
        element.secrets(
          in: $0.value, at: path.appending($0.name), isCredential: $0.name.soundsSecret,
          suggestion)
      }
    case .list(let element), .oneOrMany(let element):
      guard case .array(let elements) = node.content else {
        if case .oneOrMany = self {
          return element.secrets(in: node, at: path, isCredential: isCredential, suggestion)
        }
        return []
      }
      return elements.enumerated().flatMap {
        element.secrets(in: $1, at: path.appending($0), isCredential: isCredential, suggestion)
      }
    case .group(let group): return group.secrets(in: node, at: path)
    case .union(let variants):
      guard let member = node.members?.first,
        let content = variants.first(where: { $0.name == member.name })?.content
      else { return [] }
      return content.secrets(
        in: member.value, at: path.appending(member.name), isCredential: isCredential, suggestion)
    case .any, .boolean, .integer, .number, .string, .text, .choice, .reference, .recursive:
      return []
    }
  }
}

extension OptionPath {
  /// Whether the innermost name says that a credential stands there.
  package var soundsSecret: Bool {
    if case .name(let name)? = components.last { name.soundsSecret } else { false }
  }
}

extension String {
  /// Whether a header, member or variable of this name usually holds a credential.
  package var soundsSecret: Bool {
    let name = lowercased()
    return ["auth", "cookie", "token", "key", "secret", "password", "credential"]
      .contains { name.contains($0) }
  }
}
