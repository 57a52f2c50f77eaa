extension OptionGroup {
  /// What is wrong with the declaration itself; a conformance check demands that it is nothing.
  ///
  /// Found are names that aren't snake case or occur twice, options without a doc, defaults and
  /// examples that break their own rules, checks that point at no option, and options that are
  /// declared only for some values of others. For the last, the example is decoded, and a variation
  /// of it for each choice; a condition on a number or a text may escape that.
  public static func declarationProblems() -> [String] {
    var audit = DeclarationAudit()
    let options = options
    audit.inspect(options)
    audit.tryVariations(of: options) { decode($0, at: OptionPath()).issues }
    return audit.problems
  }
}
