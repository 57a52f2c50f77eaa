extension EventBatch {
  /// Copies a text into the arena.
  public mutating func intern(_ bytes: some Collection<UInt8>) -> TextReference {
    if bytes.isEmpty { return .empty }
    let offset = arena.count
    // Over a buffer where there is one: a generic sequence is copied byte by byte.
    let copied: Void? = bytes.withContiguousStorageIfAvailable { arena.append(contentsOf: $0) }
    if copied == nil { arena.append(contentsOf: bytes) }
    return TextReference(offset: UInt32(offset), count: UInt32(arena.count - offset))
  }

  /// Copies a text into the arena.
  @inline(__always)
  mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> TextReference {
    if text.isEmpty { return .empty }
    let offset = arena.count
    arena.append(contentsOf: text)
    return TextReference(offset: UInt32(offset), count: UInt32(text.count))
  }

  /// Keeps a text that a closure appends to the arena; it must change nothing of what is there.
  package mutating func intern(_ append: (inout [UInt8]) -> Void) -> TextReference {
    let offset = arena.count
    append(&arena)
    return TextReference(offset: UInt32(offset), count: UInt32(arena.count - offset))
  }

  /// The symbol of a text; the batch keeps texts that the run's table has no room for.
  public mutating func symbol(_ text: String) -> Symbol {
    if let symbol = symbols.symbol(text) { return symbol }
    longSymbols.append(intern(text.utf8))
    return .local(longSymbols.count - 1)
  }

  /// The id of a text: bits if it is a well-formed UUID, else a copy in the arena.
  public mutating func entityID(_ bytes: some Collection<UInt8>) -> EntityID {
    if let bits = UUIDBits(lowercase: bytes) { return .uuid(bits) }
    return .text(intern(bytes))
  }

  /// The text of a reference into this batch.
  public func text(_ reference: TextReference) -> String {
    String(decoding: arena[reference.range], as: UTF8.self)
  }

  /// The bytes of a reference into this batch.
  public func bytes(_ reference: TextReference) -> ArraySlice<UInt8> {
    arena[reference.range]
  }

  /// Gives a closure what gives the bytes of references into this batch, for as long as it runs.
  package func withTextBytes<Result>(
    _ body: ((TextReference) -> UnsafeRawBufferPointer) -> Result
  ) -> Result {
    arena.withUnsafeBytes { arena in
      body { UnsafeRawBufferPointer(rebasing: arena[$0.range]) }
    }
  }

  /// The text of a symbol.
  public func text(_ symbol: Symbol) -> String {
    symbol.isLocal ? text(longSymbols[symbol.localPosition]) : symbols.text(symbol)
  }
}
