package import PatchbayJSON

extension JSONNode {
  /// The object without a member.
  package func without(_ name: String) -> JSONNode {
    guard let members, members.contains(where: { $0.name == name }) else { return self }
    return JSONNode(.object(members.filter { $0.name != name }), at: position, origin: origin)
  }

  /// The same value at one position, for all of it.
  func moved(to position: JSONPosition) -> JSONNode {
    relocated { _ in position }
  }

  /// The same value in another of several texts.
  func moved(toSource source: Int) -> JSONNode {
    relocated { JSONPosition(line: $0.line, column: $0.column, source: source) }
  }

  private func relocated(_ place: (JSONPosition) -> JSONPosition) -> JSONNode {
    let content: Content =
      switch self.content {
      case .array(let elements): .array(elements.map { $0.relocated(place) })
      case .object(let members):
        .object(members.map { Member($0.name, at: place($0.position), $0.value.relocated(place)) })
      case .null, .bool, .integer, .number, .string: self.content
      }
    return JSONNode(content, at: place(position), origin: .text)
  }
}
