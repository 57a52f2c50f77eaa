import GenesysCloud
import PatchbayCore

extension WorkspaceEventReader {
  /// The texts of states; what others send has a place among them until it is full.
  private static let symbols = SymbolTable()

  /// The events of a body in which all is well and written as clients usually do; nil for any other, good
  /// or bad.
  ///
  /// It gives what `read(_:)` gives, without a tree of values, which takes most of the time that the
  /// sandbox needs for an event.
  static func usual(_ body: [UInt8]) -> [WorkspaceEvent]? {
    guard let elements = flatObjects(in: body), !elements.isEmpty else { return nil }
    var reader = EventReader()
    var batch = EventBatch(symbols: symbols)
    for element in elements {
      guard reader.appendUsual(body[element], to: &batch, intended: Timestamp(nanoseconds: 0))
      else {
        return nil
      }
    }
    var events: [WorkspaceEvent] = []
    events.reserveCapacity(batch.count)
    for index in batch.indices {
      guard let event = event(batch[index], of: batch) else { return nil }
      events.append(event)
    }
    return events
  }

  private static func event(_ event: Event, of batch: EventBatch) -> WorkspaceEvent? {
    guard case .uuid(let interactionID) = event.interaction, case .uuid(let agentID) = event.agent,
      batch.hasTimestamp(event), event.has(.sequenceID), event.has(.state),
      batch.eventType(of: event) == WorkspaceAPI.eventType
    else { return nil }
    let sequenceID = Array(batch.bytes(event.sequence))
    let state = batch.state(of: event)
    guard (1...WorkspaceAPI.maximumSequenceIDBytes).contains(sequenceID.count),
      WorkspaceAPI.states.contains(state)
    else { return nil }
    return WorkspaceEvent(
      sequenceID: sequenceID, timestamp: event.timestamp, interactionID: interactionID,
      agentID: agentID, state: state)
  }

  /// Where the elements of an array stand, if all of them are objects without others inside.
  ///
  /// What is between their braces may be anything.
  private static func flatObjects(in body: [UInt8]) -> [Range<Int>]? {
    body.withUnsafeBufferPointer { body in
      var scan = ArrayScan(body)
      return scan.elements()
    }
  }
}

/// Finds the elements of an array of flat objects.
private struct ArrayScan {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func elements() -> [Range<Int>]? {
    guard take(UInt8(ascii: "[")) else { return nil }
    var elements: [Range<Int>] = []
    repeat {
      skipBlanks()
      guard let element = flatObject() else { return nil }
      elements.append(element)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { return nil }
    skipBlanks()
    return position == bytes.count ? elements : nil
  }

  private mutating func flatObject() -> Range<Int>? {
    let start = position
    guard take(UInt8(ascii: "{")) else { return nil }
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "}"): return start..<position
      case UInt8(ascii: "{"), UInt8(ascii: "["): return nil
      case UInt8(ascii: "\""): skipString()
      default: break
      }
    }
    return nil
  }

  /// Goes behind the quotation mark that ends a string.
  private mutating func skipString() {
    while position < bytes.count {
      let byte = bytes[position]
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
