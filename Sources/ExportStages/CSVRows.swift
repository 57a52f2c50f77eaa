/// Takes a table of commas and quotes apart, whichever way it is cut into chunks.
struct CSVRows: Sendable {
  /// Where the last whole row ends, counted in bytes from the beginning.
  private(set) var end = 0
  private var offset = 0
  private var cells: [[UInt8]] = []
  private var cell: [UInt8] = []
  private var isQuoted = false
  /// Whether the byte before was a quote within quotes, which ends them or stands for one.
  private var sawQuote = false

  /// The rows that are whole by now.
  mutating func rows(in chunk: [UInt8]) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    for byte in chunk {
      offset += 1
      if isQuoted {
        guard byte == 0x22 else {
          cell.append(byte)
          continue
        }
        (isQuoted, sawQuote) = (false, true)
        continue
      }
      switch byte {
      case 0x22:
        if sawQuote { cell.append(byte) }
        isQuoted = true
      case 0x2C: endCell()
      case 0x0D: break
      case 0x0A:
        endCell()
        rows.append(cells)
        cells = []
        end = offset
      default: cell.append(byte)
      }
      sawQuote = false
    }
    return rows
  }

  private mutating func endCell() {
    cells.append(cell)
    cell = []
  }
}
