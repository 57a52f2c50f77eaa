/// Fakes of texts that sort as the texts do, given one after the other: each new one is named between its
/// neighbours.
package struct OrderedFakes: Sendable {
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz")

  private var names: [String: String] = [:]
  /// The texts so far, in order, with what their fakes are named.
  private var inOrder: [(key: String, name: String)] = []

  package init() {}

  package mutating func fake(of text: String) -> String {
    if let name = names[text] { return "fake \(name)" }
    let key = text.lowercased()
    var (low, high) = (0, inOrder.count)
    while low < high {
      let middle = (low + high) / 2
      if inOrder[middle].key <= key { low = middle + 1 } else { high = middle }
    }
    let name = Self.name(
      between: low > 0 ? inOrder[low - 1].name : "",
      and: low < inOrder.count ? inOrder[low].name : nil)
    inOrder.insert((key, name), at: low)
    names[text] = name
    return "fake \(name)"
  }

  /// A name between two others, neither of which ends with `a`; nil is behind all.
  private static func name(between lower: String, and upper: String?) -> String {
    let low = lower.map { alphabet.firstIndex(of: $0) ?? 0 }
    let high = upper?.map { alphabet.firstIndex(of: $0) ?? 0 }
    var name: [Int] = []
    var isBelow = high == nil
    for position in 0... {
      let from = position < low.count ? low[position] : 0
      let to =
        isBelow
        ? alphabet.count : high.map { position < $0.count ? $0[position] : 0 } ?? alphabet.count
      if to - from > 1 {
        // Lists come in order: one step behind the last leaves room for more of them.
        name.append(upper == nil ? from + 1 : lower.isEmpty ? to - 1 : from + (to - from) / 2)
        break
      }
      name.append(from)
      if to > from { isBelow = true }
    }
    return String(name.map { alphabet[$0] })
  }
}
