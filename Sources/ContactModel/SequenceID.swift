/// The id that tells an event from all others.
package enum SequenceID {
  /// The most bytes that it may have in UTF-8.
  package static let mostBytes = 128
}
