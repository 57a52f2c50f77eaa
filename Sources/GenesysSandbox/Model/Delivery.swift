/// What became of the events of one request.
package struct Delivery: Equatable {
  /// What went wrong on purpose.
  package var fault: Fault?
  /// Which events these are, for draws.
  package var key: UInt64
  /// How often they were delivered before.
  package var attempt: Int
  /// The indices of the events that had been accepted before.
  package var duplicates: [Int]
}
