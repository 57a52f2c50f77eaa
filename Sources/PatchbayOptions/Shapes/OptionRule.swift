/// A demand on an option's value: it says what it wants, and checks it.
///
/// Rules are written as leading-dot values behind an option's default or example:
/// `options.value("limit", default: 20, .range(1...100), doc: "...")`.
public struct OptionRule<Value: Sendable>: Sendable {
  /// What it demands.
  let demand: OptionDemand
  /// The parts of a value that break the rule, each by the indices that lead to it; an empty list
  /// of indices is the value itself.
  let violations: @Sendable (Value) -> [[Int]]

  private init(_ demand: OptionDemand, violations: @escaping @Sendable (Value) -> [[Int]]) {
    self.demand = demand
    self.violations = violations
  }

  private init(_ demand: OptionDemand, accepts: @escaping @Sendable (Value) -> Bool) {
    self.init(demand) { accepts($0) ? [] : [[]] }
  }

  /// Demands something that no other rule says.
  ///
  /// - Parameters:
  ///   - mustBe: what completes "must be", such as `a multiple of 5`.
  ///   - pattern: for a text, a regular expression of JSON Schema, so that editors check it too; it
  ///     may accept more than the rule, not less.
  ///   - accepts: whether a value fulfils it.
  public static func that(
    _ mustBe: String, pattern: String? = nil, _ accepts: @escaping @Sendable (Value) -> Bool
  ) -> Self {
    Self(.that(mustBe, pattern: pattern), accepts: accepts)
  }

  /// Demands the same of every element; a message points at the element.
  public static func each<Element>(_ rule: OptionRule<Element>) -> Self where Value == [Element] {
    Self(.each(rule.demand)) { elements in
      elements.enumerated().flatMap { index, element in
        rule.violations(element).map { [index] + $0 }
      }
    }
  }
}

extension OptionRule where Value: Comparable & OptionValue {
  /// Demands a value from the least to the most, both included.
  public static func range(_ range: ClosedRange<Value>) -> Self {
    Self(.range(range.lowerBound.json, range.upperBound.json)) { range.contains($0) }
  }

  /// Demands this value or a greater one.
  public static func atLeast(_ least: Value) -> Self {
    Self(.atLeast(least.json)) { $0 >= least }
  }
}

extension OptionRule where Value == Secret {
  /// Demands a text that isn't empty.
  static var given: Self { Self(.count(atLeast: 1)) { !$0.reveal().isEmpty } }
}

extension OptionRule where Value: Collection {
  /// Demands at least one element, entry or character.
  public static var nonEmpty: Self { count(atLeast: 1) }

  /// Demands so many elements, entries or characters.
  public static func count(atLeast least: Int) -> Self {
    Self(.count(atLeast: least)) { $0.count >= least }
  }
}
