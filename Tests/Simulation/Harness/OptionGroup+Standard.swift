import PatchbayCore
import PatchbayJSON

extension OptionGroup {
  /// The options that take effect when nothing is said.
  static var standard: Self {
    do {
      return try Self([:])
    } catch {
      preconditionFailure("\(Self.self) needs options: \(error)")
    }
  }
}
