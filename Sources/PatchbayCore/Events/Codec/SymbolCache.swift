#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Remembers the symbols of texts that were met lately, so that the run's table is asked seldom.
struct SymbolCache: Sendable {
  private struct Entry {
    var symbol = Symbol.missing
    var start = 0
    var count = 0
  }

  private static let size = 64
  /// Longer texts are looked up in the table.
  private static let longest = 64

  private var entries: [Entry] = []
  private var texts: [UInt8] = []
  private var table: SymbolTable?

  /// The symbol of a text that is UTF-8, of a batch's table.
  @inline(__always)
  mutating func symbol(
    _ text: UnsafeBufferPointer<UInt8>, in batch: inout EventBatch
  ) -> Symbol {
    guard let base = text.baseAddress, text.count > 0 else { return .missing }
    if text.count > Self.longest { return batch.symbol(String(decoding: text, as: UTF8.self)) }
    if table !== batch.symbols { start(with: batch.symbols) }
    let place = Self.place(base, text.count)
    let entry = entries[place]
    let isHit =
      entry.count == text.count
      && texts.withUnsafeBufferPointer {
        memcmp($0.baseAddress.unsafelyUnwrapped + entry.start, base, text.count) == 0
      }
    return isHit ? entry.symbol : find(text, at: place, in: &batch)
  }

  private mutating func start(with table: SymbolTable) {
    self.table = table
    entries = (0..<Self.size).map { Entry(start: $0 * Self.longest) }
    texts = Array(repeating: 0, count: Self.size * Self.longest)
  }

  private mutating func find(
    _ text: UnsafeBufferPointer<UInt8>, at place: Int, in batch: inout EventBatch
  ) -> Symbol {
    let symbol = batch.symbol(String(decoding: text, as: UTF8.self))
    // A symbol of the batch's own means something else in the next one.
    if symbol.isLocal { return symbol }
    let start = place * Self.longest
    texts.replaceSubrange(start..<start + text.count, with: text)
    entries[place] = Entry(symbol: symbol, start: start, count: text.count)
    return symbol
  }

  /// Where a text is remembered: by its length and its end, in which states differ.
  @inline(__always)
  private static func place(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var word = UInt64(count)
    if count >= 8 {
      word ^= UnsafeRawPointer(base + count - 8).loadUnaligned(as: UInt64.self)
    } else {
      for index in 0..<count { word = word << 8 ^ UInt64(base[index]) }
    }
    return Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }
}
