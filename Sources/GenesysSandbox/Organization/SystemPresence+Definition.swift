import ContactModel
import PatchbayCore

extension SystemPresence {
  /// The id of the definition.
  var id: UUIDBits { UUIDBits(anyCase: idText) ?? UUIDBits(high: 0, low: 0) }

  /// The presence of a definition; nil if there is no such definition.
  init?(definition id: UUIDBits) {
    guard let presence = Self.byID[id] else { return nil }
    self = presence
  }

  private static let byID = Dictionary(uniqueKeysWithValues: allCases.map { ($0.id, $0) })
}
