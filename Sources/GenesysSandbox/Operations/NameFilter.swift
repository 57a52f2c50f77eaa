import GenesysCloud

/// The names that a query asks for: one, or with asterisks in front or behind all that end or begin so.
struct NameFilter {
  /// What a text without asterisks means, which differs between operations of the platform.
  enum Meaning {
    case exactly
    case begins
    case contains
  }

  private let text: String?
  private let meaning: Meaning

  static let parameter = OperationDoc.Parameter(
    "name", .string,
    doc: "Only those of this name; an asterisk in front or behind stands for anything.")

  init(_ query: FormFields, meaning: Meaning = .exactly) {
    text = query["name"].last?.lowercased()
    self.meaning = meaning
  }

  func holds(for name: String) -> Bool {
    guard let text else { return true }
    let name = name.lowercased()
    let core = text.trimming("*")
    switch (text.hasPrefix("*"), text.hasSuffix("*") && text.count > 1) {
    case (true, true): return core.isEmpty || name.contains(core)
    case (true, false): return name.hasSuffix(core)
    case (false, true): return name.hasPrefix(core)
    case (false, false):
      switch meaning {
      case .exactly: return name == core
      case .begins: return name.hasPrefix(core)
      case .contains: return name.contains(core)
      }
    }
  }
}

extension String {
  fileprivate func trimming(_ character: Character) -> String {
    var text = self[...]
    if text.first == character { text = text.dropFirst() }
    if text.last == character { text = text.dropLast() }
    return String(text)
  }
}
