/// Turns byte offsets into lines and columns; cheap when asked in ascending order.
struct LineCounter {
  private let bytes: [UInt8]
  private let source: Int
  private var offset = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8], source: Int) {
    self.bytes = bytes
    self.source = source
  }

  mutating func position(of target: Int) -> JSONPosition {
    if target < offset {
      offset = 0
      line = 1
      column = 1
    }
    while offset < min(target, bytes.count) {
      if bytes[offset] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if bytes[offset] & 0xC0 != 0x80 {
        // Continuation bytes belong to the scalar before them.
        column += 1
      }
      offset += 1
    }
    return JSONPosition(line: line, column: column, source: source)
  }
}
