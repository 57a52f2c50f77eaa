import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes events as JSON, one after the other, straight from their batches.
package struct EventWriter: Sendable {
  /// What the names, quotes and separators of the six members take, with room to spare.
  private static let frame = 256

  private var symbols = SymbolTexts()
  private var timestamps = TimestampWriter()

  /// Makes one that has met nothing.
  package init() {}

  /// Appends the events at some positions as a JSON array.
  package mutating func writeArray(
    _ positions: some Sequence<Int>, of batch: EventBatch, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for position in positions {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      write(batch[position], of: batch, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends an event; see `EventCodec.write`.
  package mutating func write(
    _ event: Event, of batch: borrowing EventBatch, leavingOut name: String? = nil,
    to bytes: inout [UInt8]
  ) {
    // Only what may have the name is taken apart.
    let rest =
      name.flatMap { name in
        mayHave(name, event, in: batch)
          ? EventCodec.without(name, Array(batch.bytes(event.attributes))) : nil
      }
    symbols.prepare(event.state, of: batch)
    symbols.prepare(event.type, of: batch)
    let state = symbols.text(event.state, of: batch)
    let type = symbols.text(event.type, of: batch)
    let most =
      Self.frame + state.count + type.count + Int(event.attributes.count)
      + 6 * Int(event.sequence.count + event.malformedTimestamp.count)
      + Self.most(event.interaction) + Self.most(event.agent)
    batch.arena.withUnsafeBufferPointer { arena in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { memory in
        guard let base = memory.baseAddress else { return }
        var text = RawText(base)
        write(event, state, type, arena, to: &text)
        if let rest {
          rest.withUnsafeBufferPointer { text.finish(with: $0) }
        } else {
          text.finish(with: UnsafeBufferPointer(rebasing: arena[event.attributes.range]))
        }
        bytes.append(contentsOf: text.written)
      }
    }
  }

  /// Appends the text of a symbol as a JSON string.
  package mutating func append(
    _ symbol: Symbol, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) {
    symbols.prepare(symbol, of: batch)
    bytes.append(contentsOf: symbols.text(symbol, of: batch))
  }

  /// Appends an id as a JSON string.
  package func append(
    _ id: EntityID, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\""))
    switch id {
    case .missing: break
    case .uuid(let bits): Self.append(RawText.uuidLength, to: &bytes) { $0.put(bits) }
    case .text(let reference):
      JSONWriter.append(escaping: batch.bytes(reference), to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends an event's timestamp as a JSON string, as it is written on the wire.
  package mutating func appendTimestamp(
    of event: Event, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\""))
    if event.flags.contains(.malformedTimestamp) {
      JSONWriter.append(escaping: batch.bytes(event.malformedTimestamp), to: &bytes)
    } else {
      Self.append(RawText.longestTimestamp, to: &bytes) {
        timestamps.write(event.timestamp, to: &$0)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends what a closure writes, of at most so many bytes.
  @inline(__always)
  private static func append(
    _ most: Int, to bytes: inout [UInt8], _ write: (inout RawText) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { memory in
      guard let base = memory.baseAddress else { return }
      var text = RawText(base)
      write(&text)
      bytes.append(contentsOf: text.written)
    }
  }

  @inline(__always)
  private mutating func write(
    _ event: Event, _ state: [UInt8], _ type: [UInt8], _ arena: UnsafeBufferPointer<UInt8>,
    to text: inout RawText
  ) {
    text.put(UInt8(ascii: "{"))
    if !event.flags.contains(.noSequence) {
      text.put(#""sequence_id":""#)
      text.put(escaping: UnsafeBufferPointer(rebasing: arena[event.sequence.range]))
      text.put(#"","#)
    }
    writeTimestamp(event, arena, to: &text)
    if event.interaction != .missing {
      text.put(#""interaction_id":""#)
      Self.write(event.interaction, arena, to: &text)
    }
    if event.agent != .missing {
      text.put(#""agent_id":""#)
      Self.write(event.agent, arena, to: &text)
    }
    if !event.flags.contains(.noState) {
      text.put(#""state":"#)
      state.withUnsafeBufferPointer { text.put($0) }
      text.put(UInt8(ascii: ","))
    }
    if !event.flags.contains(.noType) {
      text.put(#""event_type":"#)
      type.withUnsafeBufferPointer { text.put($0) }
      text.put(UInt8(ascii: ","))
    }
  }

  @inline(__always)
  private mutating func writeTimestamp(
    _ event: Event, _ arena: UnsafeBufferPointer<UInt8>, to text: inout RawText
  ) {
    if event.flags.contains(.noTimestamp) { return }
    text.put(#""timestamp":""#)
    if event.flags.contains(.malformedTimestamp) {
      text.put(escaping: UnsafeBufferPointer(rebasing: arena[event.malformedTimestamp.range]))
    } else {
      timestamps.write(event.timestamp, to: &text)
    }
    text.put(#"","#)
  }

  /// Writes an id, its closing quote and a comma.
  @inline(__always)
  private static func write(
    _ id: EntityID, _ arena: UnsafeBufferPointer<UInt8>, to text: inout RawText
  ) {
    switch id {
    case .missing: break
    case .uuid(let bits): text.put(bits)
    case .text(let reference):
      text.put(escaping: UnsafeBufferPointer(rebasing: arena[reference.range]))
    }
    text.put(#"","#)
  }

  /// How many bytes an id takes at the most.
  private static func most(_ id: EntityID) -> Int {
    if case .text(let reference) = id { 6 * Int(reference.count) } else { RawText.uuidLength }
  }

  private static func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let base = text.baseAddress, let wanted = part.baseAddress, !part.isEmpty
    else { return true }
    var start = 0
    while text.count - start >= part.count,
      let found = memchr(base + start, Int32(wanted[0]), text.count - start - part.count + 1)
    {
      if memcmp(found, wanted, part.count) == 0 { return true }
      start = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
    return false
  }

  /// Whether an event may have an attribute of that name; if not, its attributes are written as they are.
  @inline(__always)
  private func mayHave(_ name: String, _ event: Event, in batch: borrowing EventBatch) -> Bool {
    if event.attributes.isEmpty { return false }
    guard event.flags.contains(.tightAttributes) else { return true }
    var name = name
    return name.withUTF8 { name in
      batch.arena.withUnsafeBufferPointer { arena in
        let attributes = UnsafeBufferPointer(rebasing: arena[event.attributes.range])
        return Self.contains(attributes, name)
      }
    }
  }
}
