import PatchbayCore
import PatchbayJSON

/// What is written to the program of a source.
enum Notice: Sendable, Equatable {
  /// What became of each event of a batch.
  case settled(batch: Int, [Settlement])
  /// It is to stop: nothing more is taken of it.
  case stop

  /// The notice as a line.
  ///
  /// Of a batch, positions are listed under what became of the events there; those that are listed
  /// nowhere were delivered.
  var line: [UInt8] {
    var members: [JSONValue.Member]
    switch self {
    case .stop: members = [.init("stop", true)]
    case .settled(let batch, let settlements):
      members = [.init("settled", .integer(batch))]
      for (settlement, name) in Self.names {
        let indices = settlements.indices.filter { settlements[$0] == settlement }
        if !indices.isEmpty { members.append(.init(name, .array(indices.map { .integer($0) }))) }
      }
    }
    return Array(JSONValue.object(members).text().utf8) + [0x0A]
  }

  /// The members for events that weren't delivered.
  private static let names: [(Settlement, String)] = [
    (.rejected, "rejected"), (.failed, "failed"), (.abandoned, "abandoned"),
  ]
}
