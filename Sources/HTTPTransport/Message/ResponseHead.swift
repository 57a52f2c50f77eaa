import Synchronization

/// The header lines of a response, read when somebody asks for them, and then once.
package final class ResponseHead: Sendable {
  private let state: Mutex<State>

  private enum State {
    case lines([UInt8])
    case read([HTTPHeader])
  }

  /// - Parameter lines: whole lines with their ends; each is a field or continues the one before it.
  package init(lines: [UInt8]) {
    state = Mutex(.lines(lines))
  }

  /// The fields, in their order.
  package var fields: [HTTPHeader] {
    state.withLock { state in
      switch state {
      case .read(let fields): return fields
      case .lines(let lines):
        let fields = Self.read(lines)
        state = .read(fields)
        return fields
      }
    }
  }

  private static func read(_ lines: [UInt8]) -> [HTTPHeader] {
    var fields: [HTTPHeader] = []
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      if let first = line.first, HTTPSyntax.isSpace(first) {
        // A line that the sender folded onto the next one (RFC 9112 §5.2).
        guard let last = fields.indices.last else { continue }
        let text = HTTPSyntax.text(line)
        fields[last].value += fields[last].value.isEmpty ? text : " " + text
      } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
        fields.append(
          HTTPHeader(
            name: HTTPSyntax.text(line[..<colon]), value: HTTPSyntax.text(line[(colon + 1)...])))
      }
    }
    return fields
  }
}
