import PatchbayJSON

extension OptionDemand {
  /// The bounds of a number as keywords.
  var bounds: [JSONValue.Member] {
    switch self {
    case .range(let least, let most): [.init("minimum", least), .init("maximum", most)]
    case .atLeast(let least): [.init("minimum", least)]
    case .count, .each, .that: []
    }
  }

  /// The least number of parts, if that is what is demanded.
  var leastCount: Int? {
    if case .count(let least) = self { least } else { nil }
  }

  /// The least number of parts under a keyword, if that is what is demanded.
  func least(as keyword: String) -> [JSONValue.Member] {
    leastCount.map { [.init(keyword, .integer($0))] } ?? []
  }

  /// The pattern of a text, if one is demanded.
  var pattern: [JSONValue.Member] {
    if case .that(_, let pattern?) = self { [.init("pattern", .string(pattern))] } else { [] }
  }

  /// What is demanded of every element.
  var ofElement: [OptionDemand] {
    if case .each(let demand) = self { [demand] } else { [] }
  }

  /// Whether a schema for the shape can say what is demanded; else the description does.
  func isSayable(of shape: OptionShape) -> Bool {
    switch (self, shape) {
    case (.range, .integer), (.range, .number), (.atLeast, .integer), (.atLeast, .number): true
    case (.count, .string), (.count, .list), (.count, .map), (.count, .oneOrMany): true
    case (.count, .reference), (.count, .secret), (.that(_, _?), .string): true
    case (.each(let demand), .list(let element)), (.each(let demand), .oneOrMany(let element)):
      demand.isSayable(of: element)
    case (.range, _), (.atLeast, _), (.count, _), (.each, _), (.that, _): false
    }
  }
}
