import PatchbayCore

/// Some of a run's symbols, by their numbers.
struct SymbolSet: Sendable {
  private var isMember: [Bool] = []

  /// Whether a symbol is one of them; one of a batch's own is none.
  func contains(_ symbol: Symbol) -> Bool {
    let index = Int(symbol.index)
    return index < isMember.count && isMember[index]
  }

  /// Adds a symbol of the run's table.
  mutating func insert(_ symbol: Symbol) {
    let index = Int(symbol.index)
    if index >= isMember.count {
      isMember += repeatElement(false, count: index + 1 - isMember.count)
    }
    isMember[index] = true
  }
}
