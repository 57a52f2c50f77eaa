/// A text that lies in its place in memory, without an allocation, unless it is long.
///
/// Long enough for a UUID: most ids are no longer.
struct ShortText: Sendable {
  private static let longest = 39

  private var bytes = InlineArray<39, UInt8>(repeating: 0)
  private var count: UInt8 = 0
  private var long: String?

  init(_ text: ArraySlice<UInt8>) {
    if text.count > Self.longest {
      long = String(decoding: text, as: UTF8.self)
      return
    }
    count = UInt8(text.count)
    text.withUnsafeBufferPointer { text in
      for index in text.indices { bytes[index] = text[index] }
    }
  }

  /// The text.
  var text: String {
    if let long { return long }
    return String(decoding: (0..<Int(count)).map { bytes[$0] }, as: UTF8.self)
  }
}
