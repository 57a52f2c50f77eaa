/// A place in a spool: in which segment, and at which byte of it.
package struct SpoolMark: Hashable, Comparable, Sendable {
  /// The segment's number.
  package var segment: Int
  /// Where a frame begins.
  package var offset: Int

  package init(segment: Int, offset: Int) {
    (self.segment, self.offset) = (segment, offset)
  }

  package static func < (one: SpoolMark, other: SpoolMark) -> Bool {
    (one.segment, one.offset) < (other.segment, other.offset)
  }
}
