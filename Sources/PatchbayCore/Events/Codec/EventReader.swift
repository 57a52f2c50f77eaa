import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads events from records of JSON, one after the other, straight into a batch.
///
/// Records of the usual shape cost no allocation; `EventCodec` reads all others, with the same result.
package struct EventReader: Sendable {
  /// The names of a record's attributes are compared with each other: by the first bytes and the length,
  /// and then in whole.
  private struct Name {
    let start: Int
    let count: Int
    let beginning: UInt64
  }

  /// A record with more attributes isn't usual.
  private static let mostAttributes = 64

  private var symbols = SymbolCache()
  private var timestamps = TimestampReader()
  private var names: [Name] = []

  /// Makes one that has met nothing.
  package init() {}

  /// Appends the event that a JSON object describes; see `EventCodec.append`.
  package mutating func append(
    _ record: ArraySlice<UInt8>, to batch: inout EventBatch, intended: Timestamp
  ) throws(EventCodec.Failure) {
    if appendUsual(record, to: &batch, intended: intended) { return }
    try EventCodec.appendAny(Array(record), in: 0..<record.count, to: &batch, intended: intended)
  }

  /// Appends the event of a record of the usual shape; false, and the batch as it was, for any other.
  package mutating func appendUsual(
    _ record: ArraySlice<UInt8>, to batch: inout EventBatch, intended: Timestamp
  ) -> Bool {
    record.withUnsafeBufferPointer { read($0, into: &batch, intended) }
  }

  private mutating func read(
    _ record: UnsafeBufferPointer<UInt8>, into batch: inout EventBatch, _ intended: Timestamp
  ) -> Bool {
    guard let base = record.baseAddress else { return false }
    let textEnd = batch.arena.count
    var scan = RecordScan(base, count: record.count)
    var members = Members()
    guard readMembers(&scan, &members, into: &batch) else {
      batch.arena.removeSubrange(textEnd...)
      return false
    }
    let attributes = TextReference(
      offset: UInt32(textEnd), count: UInt32(batch.arena.count - textEnd))
    append(members, attributes.isEmpty ? .empty : attributes, base, to: &batch, intended)
    return true
  }

  @inline(__always)
  private mutating func readMembers(
    _ scan: inout RecordScan, _ members: inout Members, into batch: inout EventBatch
  ) -> Bool {
    if !names.isEmpty { names.removeAll(keepingCapacity: true) }
    scan.skipBlanks()
    guard scan.skip(UInt8(ascii: "{")) else { return false }
    scan.skipBlanks()
    guard let count = Self.readExpected(&scan, &members) else { return false }
    var isFirst = count == 0
    while !scan.skip(UInt8(ascii: "}")) {
      if !isFirst {
        guard scan.skip(UInt8(ascii: ",")) else { return false }
        scan.skipBlanks()
      }
      isFirst = false
      guard let name = scan.string(), name.isPlain else { return false }
      scan.skipBlanks()
      guard scan.skip(UInt8(ascii: ":")) else { return false }
      scan.skipBlanks()
      if let member = Members.index(of: scan.base + name.start, name.count) {
        guard !members.has(member), let value = scan.string(), value.isPlain else { return false }
        members.set(member, value)
      } else {
        guard isNew(name, scan.base) else { return false }
        let start = scan.offset
        guard scan.value() else { return false }
        Self.appendAttribute(
          name, start..<scan.offset, scan.base, isFirst: names.count == 1, to: &batch.arena)
      }
      scan.skipBlanks()
    }
    if !names.isEmpty { batch.arena.append(UInt8(ascii: "}")) }
    scan.skipBlanks()
    return scan.isAtEnd
  }

  /// Reads the six members as this program writes them, in their order and without blanks.
  ///
  /// No name is looked at by itself then. Some may be missing, and others may follow.
  ///
  /// - Returns: how many there were; nil to give up.
  @inline(__always)
  private static func readExpected(
    _ scan: inout RecordScan, _ members: inout Members
  ) -> Int? {
    var count = 0
    func read(
      _ member: Int, _ name: StaticString, _ scan: inout RecordScan, _ members: inout Members
    ) -> Bool {
      // With the comma in front of it, but for the first.
      guard scan.skip(name, from: count == 0 ? 1 : 0) else { return true }
      guard let value = scan.string(), value.isPlain else { return false }
      members.set(member, value)
      count += 1
      return true
    }
    guard read(Members.sequence, #","sequence_id":"#, &scan, &members),
      read(Members.timestamp, #","timestamp":"#, &scan, &members),
      read(Members.interaction, #","interaction_id":"#, &scan, &members),
      read(Members.agent, #","agent_id":"#, &scan, &members),
      read(Members.state, #","state":"#, &scan, &members),
      read(Members.type, #","event_type":"#, &scan, &members)
    else { return nil }
    return count
  }

  /// Notes the name of an attribute; false if there is one of that name, or no room for it.
  private mutating func isNew(_ text: RecordScan.Text, _ base: UnsafePointer<UInt8>) -> Bool {
    var beginning: UInt64 = 0
    memcpy(&beginning, base + text.start, min(8, text.count))
    for name in names where name.beginning == beginning && name.count == text.count {
      if memcmp(base + name.start, base + text.start, text.count) == 0 { return false }
    }
    names.append(Name(start: text.start, count: text.count, beginning: beginning))
    return names.count <= Self.mostAttributes
  }

  /// Appends `{` or `,`, the name in quotes, a colon, and the value.
  @inline(__always)
  private static func appendAttribute(
    _ name: RecordScan.Text, _ value: Range<Int>, _ base: UnsafePointer<UInt8>, isFirst: Bool,
    to arena: inout [UInt8]
  ) {
    arena.append(isFirst ? UInt8(ascii: "{") : UInt8(ascii: ","))
    let start = name.start - 1
    let end = name.start + name.count + 1
    if value.lowerBound == end + 1 {
      // Nothing stands between them but the colon.
      arena.append(
        contentsOf: UnsafeBufferPointer(start: base + start, count: value.upperBound - start))
    } else {
      arena.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
      arena.append(UInt8(ascii: ":"))
      arena.append(
        contentsOf: UnsafeBufferPointer(start: base + value.lowerBound, count: value.count))
    }
  }

  @inline(__always)
  private mutating func append(
    _ members: Members, _ attributes: TextReference, _ base: UnsafePointer<UInt8>,
    to batch: inout EventBatch, _ intended: Timestamp
  ) {
    var flags: EventFlags = attributes.isEmpty ? [] : .tightAttributes
    if !members.has(Members.sequence) { flags.insert(.noSequence) }
    if !members.has(Members.timestamp) { flags.insert(.noTimestamp) }
    if !members.has(Members.state) { flags.insert(.noState) }
    if !members.has(Members.type) { flags.insert(.noType) }
    let written = members.text(Members.timestamp, base)
    let timestamp = timestamps.read(written)
    var event = Event(
      sequence: batch.intern(members.text(Members.sequence, base)),
      timestamp: timestamp ?? Timestamp(nanoseconds: 0),
      interaction: Self.id(members, Members.interaction, base, in: &batch),
      agent: Self.id(members, Members.agent, base, in: &batch),
      state: symbols.symbol(members.text(Members.state, base), in: &batch),
      type: symbols.symbol(members.text(Members.type, base), in: &batch),
      attributes: attributes, intended: intended)
    if timestamp == nil, members.has(Members.timestamp) {
      event.malformedTimestamp = batch.intern(written)
      flags.insert(.malformedTimestamp)
    }
    event.flags = flags
    batch.append(event)
  }

  @inline(__always)
  private static func id(
    _ members: Members, _ member: Int, _ base: UnsafePointer<UInt8>, in batch: inout EventBatch
  ) -> EntityID {
    guard members.has(member) else { return .missing }
    let text = members.text(member, base)
    if let bits = UUIDBits(lowercase: text) { return .uuid(bits) }
    return .text(batch.intern(text))
  }
}

/// Where the six members of an event stand in its record.
private struct Members {
  // By the lengths of their names, which all differ.
  static let state = 0
  static let agent = 1
  static let timestamp = 2
  static let type = 3
  static let sequence = 4
  static let interaction = 5

  private var starts = InlineArray<6, Int>(repeating: 0)
  private var counts = InlineArray<6, Int>(repeating: 0)
  private var present: UInt8 = 0

  @inline(__always)
  func has(_ member: Int) -> Bool { present & 1 << UInt8(member) != 0 }

  @inline(__always)
  mutating func set(_ member: Int, _ text: RecordScan.Text) {
    starts[member] = text.start
    counts[member] = text.count
    present |= 1 << UInt8(member)
  }

  /// A member's text; empty if it is absent.
  @inline(__always)
  func text(_ member: Int, _ base: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + starts[member], count: counts[member])
  }

  /// The member of a name; nil for that of an attribute.
  @inline(__always)
  static func index(of name: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    switch count {
    case 5: matches(name, "state") ? state : nil
    case 8: matches(name, "agent_id") ? agent : nil
    case 9: matches(name, "timestamp") ? timestamp : nil
    case 10: matches(name, "event_type") ? type : nil
    case 11: matches(name, "sequence_id") ? sequence : nil
    case 14: matches(name, "interaction_id") ? interaction : nil
    default: nil
    }
  }

  @inline(__always)
  private static func matches(_ name: UnsafePointer<UInt8>, _ expected: StaticString) -> Bool {
    memcmp(name, expected.utf8Start, expected.utf8CodeUnitCount) == 0
  }
}
