import PatchbayJSON

/// The texts of symbols as JSON has them, in quotes, asked for once each.
struct SymbolTexts: Sendable {
  private var texts: [[UInt8]] = []
  private var table: SymbolTable?

  /// Has the text of a symbol at hand.
  @inline(__always)
  mutating func prepare(_ symbol: Symbol, of batch: borrowing EventBatch) {
    if symbol.isLocal { return }
    if table !== batch.symbols {
      table = batch.symbols
      texts = []
    }
    let index = Int(symbol.index)
    if index < texts.count, !texts[index].isEmpty { return }
    find(symbol, in: batch.symbols)
  }

  /// The text of a symbol that was prepared.
  @inline(__always)
  func text(_ symbol: Symbol, of batch: borrowing EventBatch) -> [UInt8] {
    symbol.isLocal
      ? Self.quoted(batch.text(batch.longSymbols[symbol.localPosition]))
      : texts[Int(symbol.index)]
  }

  private mutating func find(_ symbol: Symbol, in table: SymbolTable) {
    let index = Int(symbol.index)
    if index >= texts.count { texts += repeatElement([], count: index + 1 - texts.count) }
    texts[index] = Self.quoted(table.text(symbol))
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(text, to: &bytes)
    return bytes
  }
}
