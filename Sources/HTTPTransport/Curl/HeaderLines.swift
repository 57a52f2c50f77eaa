/// Header lines in libcurl's notation, each ended by the zero byte that C wants: `Name: value`, `Name;` for
/// an empty value, and `Name:` to leave out a header that libcurl would add.
struct HeaderLines: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  /// Room for the usual lines, so that they are written without a second allocation.
  init() {
    bytes.reserveCapacity(256)
  }

  /// Adds a header, whose value goes out without the white space around it.
  mutating func append(_ name: String, _ value: String) {
    bytes.append(contentsOf: name.utf8)
    let value = HTTPSyntax.trimmed(value.utf8)
    bytes.append(value.isEmpty ? UInt8(ascii: ";") : UInt8(ascii: ":"))
    if !value.isEmpty {
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: value)
    }
    endLine()
  }

  /// Keeps libcurl from adding a header.
  mutating func leaveOut(_ name: String) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ":"))
    endLine()
  }

  private mutating func endLine() {
    bytes.append(0)
    count += 1
  }
}
