import PatchbayCore

/// Makes the ids that open something to whoever knows them: tokens and channels.
package struct CredentialIDs: Sendable {
  /// What they are a function of; nil for nothing that anybody could know.
  private let seed: UInt64?

  package init(seed: UInt64?) {
    self.seed = seed
  }

  /// An id that wasn't there before.
  ///
  /// - Parameters:
  ///   - purpose: what kind of thing it is of.
  ///   - number: which one of these.
  func id(_ purpose: StaticString, _ number: UInt64) -> UUIDBits {
    guard let seed else {
      var system = SystemRandomNumberGenerator()
      return .version4(using: &system)
    }
    var random = KeyedRandom(seed: seed, purpose: purpose, number)
    return .version4(using: &random)
  }
}
