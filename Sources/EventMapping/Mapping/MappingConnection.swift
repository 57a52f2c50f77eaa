package import PatchbayCore
package import PatchbayJSON

/// A shape of events that isn't ours, told by a configuration; stages that name it read or write by it.
package struct MappingConnection: Connection, EventShape {
  package static let type = eventShapeType
  package static let doc =
    "A shape of events of one's own: which of its members stand for which of ours."

  private let mapping: EventMapping

  package init(_ options: MappingOptions) {
    mapping = EventMapping(options)
  }

  package mutating func open(_ context: StageContext) async throws {}

  // MARK: What it can't do

  package var objectionToReading: String? { objection(toReading: true) }

  /// - Parameter isJSON: whether records are JSON; a row's columns may be called anything.
  package func objection(toReading isJSON: Bool) -> String? {
    if !isJSON { return nil }
    return mapping.mapped.first { $0.path == nil }.map {
      "its member \($0.name.quoted) is at \($0.place.quoted), which is no path: brackets choose by "
        + "[member=value], [first], [last] or a number"
    }
  }

  package var objectionToWriting: String? {
    if let chosen = mapping.mapped.first(where: { $0.path?.names == nil }) {
      return
        "its member \(chosen.name.quoted) is at \(chosen.place.quoted), which can be read and not "
        + "written: only a path of names can"
    }
    return mapping.tree.conflict.map {
      "two things would stand at \($0.quoted), or one inside the other; give each a place of its own"
    }
  }

  package func objection(toDocumentOf names: [String]) -> String? {
    if let objectionToWriting { return objectionToWriting }
    return mapping.mapped.first { !names.contains($0.name) }.map {
      "its member \($0.name.quoted) is none of the document's: \(names.joined(separator: ", "))"
    }
  }

  // MARK: What it does

  package func makeReader(ids: String) -> any EventShapeReader {
    MappingReader(mapping, ids: ids)
  }

  package func makeWriter() -> any EventShapeWriter { MappingWriter(mapping) }

  /// Reads records that aren't lines of JSON.
  package func makeRecordReader(ids: String) -> MappingReader { MappingReader(mapping, ids: ids) }

  /// Where members stand, in the order in which `MappingReader` asks for them.
  package var places: [String] { mapping.mapped.map(\.place) + mapping.constants.map(\.text) }

  package func document(_ members: [JSONValue.Member]) -> JSONValue {
    MappingWriter(mapping).document(members)
  }
}
