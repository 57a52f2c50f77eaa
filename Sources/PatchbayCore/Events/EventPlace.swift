/// Where an event stood in what its source read, as messages say it: `calls.csv:384`.
public struct EventPlace: Sendable, Equatable, CustomStringConvertible {
  /// The input, as the configuration names it: a path, or `stdin`.
  public var input: String
  /// The line, from 1.
  public var line: Int

  /// Names a line of an input.
  ///
  /// - Parameters:
  ///   - input: the input, as the configuration names it.
  ///   - line: the line, from 1.
  public init(_ input: String, line: Int) {
    self.input = input
    self.line = line
  }

  /// Both with a colon between: `calls.csv:384`.
  public var description: String { "\(input):\(line)" }
}

/// An input that events of a run have places in, as a small number.
package struct InputNumber: Sendable, BitwiseCopyable {
  /// 0 for none.
  let number: UInt16
  /// Of events that stood nowhere.
  package static let none = InputNumber(number: 0)
}

/// A place as small as an event holds it; the run's symbol table tells the input's name.
package struct PlaceMark: Sendable, BitwiseCopyable {
  let input: UInt16
  let line: UInt32
}

extension Event {
  /// Where it stood in its source's input.
  package var placeMark: PlaceMark { PlaceMark(input: input, line: line) }
}

extension SymbolTable {
  /// The place of an event of this run; nil for nowhere.
  package func place(_ mark: PlaceMark) -> EventPlace? {
    guard mark.input > 0 else { return nil }
    return EventPlace(input(InputNumber(number: mark.input)), line: Int(mark.line))
  }
}

extension EventBatch {
  /// Where an event stood in its source's input; nil for one that was made, or whose source doesn't say.
  public func place(of event: Event) -> EventPlace? { symbols.place(event.placeMark) }

  /// Notes where the last event stood in its source's input.
  mutating func setPlace(ofLast place: EventPlace) {
    setPlace(of: count - 1, input: symbols.input(named: place.input), line: place.line)
  }

  /// Notes where an event stood in its source's input.
  ///
  /// - Parameters:
  ///   - index: the event's position.
  ///   - input: the input, of this run.
  ///   - line: the line, from 1; past 4 294 967 295 it is that.
  package mutating func setPlace(of index: Int, input: InputNumber, line: Int) {
    events[index].input = input.number
    events[index].line = UInt32(clamping: line)
  }
}
