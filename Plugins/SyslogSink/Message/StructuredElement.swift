/// Writes one element of a message's structured data (RFC 5424 §6.3).
struct StructuredElement {
  private(set) var bytes: [UInt8]
  private let start: Int

  /// Starts an element.
  ///
  /// - Parameter id: an SD-ID; the caller's, never an event's.
  init(_ id: String) {
    bytes = [UInt8(ascii: "[")] + id.utf8
    start = bytes.count
  }

  /// Whether it has no parameters.
  var isEmpty: Bool { bytes.count == start }

  /// Adds a parameter; nothing if there is no value.
  ///
  /// - Parameter name: a PARAM-NAME; the caller's, never an event's.
  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: [UInt8(ascii: "="), UInt8(ascii: "\"")])
    for byte in ControlCharacter.shown(value).utf8 {
      // RFC 5424 §6.3.3: these three and no others.
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"):
        bytes.append(UInt8(ascii: "\\"))
      default: break
      }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends the element to a message, or nothing if it is empty.
  func append(to message: inout [UInt8]) {
    if isEmpty { return }
    message.append(contentsOf: bytes)
    message.append(UInt8(ascii: "]"))
  }
}
