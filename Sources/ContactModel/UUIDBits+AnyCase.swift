package import PatchbayCore

extension UUIDBits {
  /// Reads a UUID in hexadecimal of either case, as the platform takes it.
  package init?(anyCase text: String) {
    self.init(lowercase: Array(text.lowercased().utf8))
  }
}
