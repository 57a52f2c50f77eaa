public import PatchbayJSON

/// What the events endpoint answers when it took a request.
public struct WorkspaceReceipt: Sendable, Equatable {
  /// The `sequence_id` of every event in the request, in its order, duplicates included.
  public var accepted: [String]
  /// Those that had been accepted before, also earlier in the same request: they had no effect.
  public var duplicates: [String]

  /// Makes a receipt.
  public init(accepted: [String], duplicates: [String]) {
    self.accepted = accepted
    self.duplicates = duplicates
  }

  /// Reads an answer's body; nil if it has no list of accepted ids.
  public init?(parsing value: JSONValue) {
    guard let accepted = value["accepted"]?.array else { return nil }
    self.accepted = accepted.compactMap(\.string)
    duplicates = (value["duplicates"]?.array ?? []).compactMap(\.string)
  }

  /// The answer's body.
  public var json: JSONValue {
    [
      "accepted": .array(accepted.map { .string($0) }),
      "duplicates": .array(duplicates.map { .string($0) }),
    ]
  }
}
