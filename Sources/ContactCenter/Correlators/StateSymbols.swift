import PatchbayCore

/// Finds a machine's states by a run's symbols.
///
/// The symbols are reserved when a stage opens, so that the machine's states have theirs however
/// many others come before them.
struct StateSymbols: Sendable {
  private let machine: StateMachine
  let table: SymbolTable
  /// The states' numbers by the symbols' indices.
  private var numbers: [Int?] = []

  /// Reserves symbols for all states of a machine.
  init(_ machine: StateMachine, in table: SymbolTable) {
    self.machine = machine
    self.table = table
    for (number, state) in machine.states.enumerated() {
      let index = Int(table.reserve(state).index)
      if index >= numbers.count {
        numbers += repeatElement(nil, count: index + 1 - numbers.count)
      }
      numbers[index] = number
    }
  }

  /// The state of a symbol.
  func state(of symbol: Symbol) -> TrackedState {
    if symbol.isLocal { return .other }
    let index = Int(symbol.index)
    if index < numbers.count, let number = numbers[index] { return .known(number) }
    return .unknown(symbol)
  }

  /// What a state is called in reports.
  func name(of state: TrackedState) -> String {
    switch state {
    case .known(let number): machine.states[number]
    case .unknown(let symbol): table.text(symbol)
    case .other: "(other)"
    }
  }
}
