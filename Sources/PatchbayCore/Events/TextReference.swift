/// Where a text lies in its batch's arena.
public struct TextReference: Sendable, Equatable, BitwiseCopyable {
  /// The first byte's offset.
  package let offset: UInt32
  /// The number of bytes.
  public let count: UInt32

  package init(offset: UInt32, count: UInt32) {
    self.offset = offset
    self.count = count
  }

  /// The empty text.
  public static let empty = TextReference(offset: 0, count: 0)

  /// Whether the text is empty.
  public var isEmpty: Bool { count == 0 }

  package var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}
