/// One declared option: everything about it but how it is read.
public struct OptionDescription: Sendable {
  /// The name in the configuration.
  public var name: String
  /// Names it once had, still understood with a warning.
  public var formerNames: [String]
  /// What it does, in one sentence.
  public var doc: String
  /// What its value looks like.
  public var shape: OptionShape
  /// What happens when it isn't set.
  public var presence: OptionPresence
  /// What its value must fulfil.
  public var rules: [OptionDemand]
  /// Finds what is wrong with the declaration's default or example, for `declarationProblems()`.
  package var selfCheck: @Sendable () -> [String]

  package init(
    _ name: String, formerly: [String] = [], doc: String, _ shape: OptionShape,
    _ presence: OptionPresence, rules: [OptionDemand] = [],
    selfCheck: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.name = name
    formerNames = formerly
    self.doc = doc
    self.shape = shape
    self.presence = presence
    self.rules = rules
    self.selfCheck = selfCheck
  }
}
