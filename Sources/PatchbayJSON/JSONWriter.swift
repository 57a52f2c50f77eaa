/// Appends JSON to a byte buffer: strings are escaped, members stay in order.
public enum JSONWriter {
  /// How values are laid out.
  public enum Layout: Sendable {
    /// Everything on one line, no blanks.
    case compact
    /// Two blanks a level, one member a line; empty arrays and objects on one line.
    case pretty
  }

  /// Appends a value.
  ///
  /// Numbers that are not finite, which JSON can't say, become `null`.
  public static func append(
    _ value: JSONValue, to bytes: inout [UInt8], layout: Layout = .compact, level: Int = 0
  ) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number):
      bytes.append(contentsOf: (ECMAScriptNumber.text(number) ?? "null").utf8)
    case .string(let text): append(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine(&bytes, layout, level + 1)
        append(element, to: &bytes, layout: layout, level: level + 1)
      }
      if !elements.isEmpty { breakLine(&bytes, layout, level) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine(&bytes, layout, level + 1)
        append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if layout == .pretty { bytes.append(0x20) }
        append(member.value, to: &bytes, layout: layout, level: level + 1)
      }
      if !members.isEmpty { breakLine(&bytes, layout, level) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string in quotes, with the escapes of RFC 8785 §3.2.2.2 and no others.
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { append(escaping: $0, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes the inside of a string to memory that has room for six times its bytes.
  ///
  /// - Returns: where what was written ends.
  package static func write(
    escaping text: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    guard let base = text.baseAddress else { return memory }
    var memory = memory
    var start = 0
    while true {
      let end = PlainText.end(in: base, from: start, to: text.count, isASCII: false)
      memory.update(from: base + start, count: end - start)
      memory += end - start
      if end == text.count { return memory }
      escape(base[end]) { byte in
        memory.pointee = byte
        memory += 1
      }
      start = end + 1
    }
  }

  private static func append(
    escaping text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) {
    guard let base = text.baseAddress else { return }
    var start = 0
    while true {
      let end = PlainText.end(in: base, from: start, to: text.count, isASCII: false)
      bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
      if end == text.count { return }
      escape(base[end]) { bytes.append($0) }
      start = end + 1
    }
  }

  /// Says the bytes that stand for one that has to be escaped.
  private static func escape(_ byte: UInt8, _ put: (UInt8) -> Void) {
    put(0x5C)
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
    case 0x08: put(UInt8(ascii: "b"))
    case 0x09: put(UInt8(ascii: "t"))
    case 0x0A: put(UInt8(ascii: "n"))
    case 0x0C: put(UInt8(ascii: "f"))
    case 0x0D: put(UInt8(ascii: "r"))
    default:
      for digit in "u00".utf8 { put(digit) }
      for half in [byte >> 4, byte & 15] {
        put(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10)
      }
    }
  }

  /// Appends the inside of a string: UTF-8 bytes with what JSON demands escaped.
  public static func append(escaping text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    let isWritten: Void? = text.withContiguousStorageIfAvailable {
      append(escaping: $0, to: &bytes)
    }
    if isWritten == nil {
      Array(text).withUnsafeBufferPointer { append(escaping: $0, to: &bytes) }
    }
  }

  private static func breakLine(_ bytes: inout [UInt8], _ layout: Layout, _ level: Int) {
    guard layout == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }
}

extension JSONValue {
  /// The value as text.
  public func text(_ layout: JSONWriter.Layout = .compact) -> String {
    var bytes: [UInt8] = []
    JSONWriter.append(self, to: &bytes, layout: layout)
    return String(decoding: bytes, as: UTF8.self)
  }
}
