import Synchronization

/// A state or event type as a small number, resolved by its batch.
public struct Symbol: Sendable, Hashable, BitwiseCopyable {
  /// An index into the symbol table or, with the highest bit set, into the batch's own texts.
  package let index: UInt32

  package init(index: UInt32) {
    self.index = index
  }

  /// The symbol of an absent value.
  public static let missing = Symbol(index: 0)

  /// Whether the text is kept by the batch because the table had no room for it.
  ///
  /// Such symbols are equal only within their batch.
  public var isLocal: Bool { index & 0x8000_0000 != 0 }

  package static func local(_ position: Int) -> Symbol {
    Symbol(index: UInt32(position) | 0x8000_0000)
  }
  package var localPosition: Int { Int(index & 0x7FFF_FFFF) }
}

/// The texts behind symbols: one table a run, bounded, shared by all stages.
///
/// Texts past the bounds are refused, so that hostile input can't grow it; batches then keep them.
public final class SymbolTable: Sendable {
  private struct State {
    var texts = [""]
    var indices = [ExactText(""): UInt32(0)]
    /// How many of the texts were reserved; they don't count against the capacity.
    var reserved = 0
    /// The inputs that events have places in; the first stands for none.
    var inputs = [""]
    var inputNumbers: [String: UInt16] = [:]

    func symbol(_ text: String) -> Symbol? {
      indices[ExactText(text)].map { Symbol(index: $0) }
    }

    mutating func add(_ text: String) -> Symbol {
      let index = UInt32(texts.count)
      texts.append(text)
      indices[ExactText(text)] = index
      return Symbol(index: index)
    }
  }

  private let state = Mutex(State())
  private let capacity: Int
  private let longest: Int

  /// Makes an empty table.
  ///
  /// - Parameters:
  ///   - capacity: how many texts it takes.
  ///   - longest: the most bytes of one text.
  public init(capacity: Int = 4_096, longest: Int = 256) {
    self.capacity = capacity
    self.longest = longest
  }

  /// The symbol of a text, made if there is room; nil if there is none.
  public func symbol(_ text: String) -> Symbol? {
    state.withLock {
      if let symbol = $0.symbol(text) { return symbol }
      guard $0.texts.count - $0.reserved < capacity, text.utf8.count <= longest else { return nil }
      return $0.add(text)
    }
  }

  /// The symbol of a text that the configuration declares, such as a state of a machine: there is
  /// always room for it, and it takes none from others.
  ///
  /// Called while a stage opens, before events can fill the table; never with an event's text.
  package func reserve(_ text: String) -> Symbol {
    state.withLock {
      if let symbol = $0.symbol(text) { return symbol }
      $0.reserved += 1
      return $0.add(text)
    }
  }

  /// The number of an input, by which events say where they stood.
  ///
  /// A run reads some, not thousands: past 65 535 their events stand nowhere.
  package func input(named name: String) -> InputNumber {
    state.withLock { state in
      if let number = state.inputNumbers[name] { return InputNumber(number: number) }
      guard let number = UInt16(exactly: state.inputs.count) else { return .none }
      state.inputs.append(name)
      state.inputNumbers[name] = number
      return InputNumber(number: number)
    }
  }

  func input(_ input: InputNumber) -> String {
    state.withLock {
      $0.inputs.indices.contains(Int(input.number)) ? $0.inputs[Int(input.number)] : ""
    }
  }

  /// The text of a symbol of this table; empty for one that isn't.
  public func text(_ symbol: Symbol) -> String {
    state.withLock {
      let index = Int(symbol.index)
      return $0.texts.indices.contains(index) ? $0.texts[index] : ""
    }
  }
}
