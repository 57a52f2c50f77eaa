package import PatchbayJSON

/// A shape that somebody else gives to events: a connection that tells how their JSON stands for ours.
package protocol EventShape: Connection {
  /// Why nobody can read by it; nil if one can.
  var objectionToReading: String? { get }

  /// Why nobody can write by it; nil if one can.
  var objectionToWriting: String? { get }

  /// Why a document with members of some names can't be written by it; nil if it can.
  func objection(toDocumentOf names: [String]) -> String?

  /// Makes what reads records of the shape.
  ///
  /// - Parameter ids: what the ids of events begin with, if the shape has none.
  func makeReader(ids: String) -> any EventShapeReader

  /// Makes what writes events in the shape.
  func makeWriter() -> any EventShapeWriter

  /// A document of other members in the shape; members of which it says nothing keep their names, or are left
  /// out.
  func document(_ members: [JSONValue.Member]) -> JSONValue
}

/// Reads events that somebody else wrote, one after the other.
package protocol EventShapeReader: Sendable {
  /// Members of which no record had anything so far, with what they stand for.
  var unseen: [String] { get }

  /// Appends the event that a JSON object tells.
  ///
  /// - Parameters:
  ///   - number: the record's number, from which its id is made if the shape has none.
  ///   - intended: when it should be sent, on the run's clock.
  /// - Throws: `EventCodec.Failure` if the record is no object of the shape; the batch is as it was then.
  mutating func append(
    _ record: ArraySlice<UInt8>, number: Int, to batch: inout EventBatch, intended: Timestamp
  ) throws(EventCodec.Failure)
}

/// Writes events as somebody else reads them, one after the other.
package protocol EventShapeWriter: Sendable {
  /// Appends an event as one line of JSON, without its end.
  ///
  /// - Throws: `UnwritableEvent` if the shape has no way to say it; nothing is appended then.
  mutating func write(
    _ index: Int, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) throws(UnwritableEvent)
}

/// An event that a shape has no way to say.
package struct UnwritableEvent: Error, Sendable, CustomStringConvertible {
  /// Why.
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}

/// The name that options and connections have for shapes.
package let eventShapeType = "mapping"
