/// What became of the events of one request.
struct Delivery: Equatable {
  /// What went wrong on purpose.
  var fault: Fault?
  /// Which events these are, for draws.
  var key: UInt64
  /// How often they were delivered before.
  var attempt: Int
  /// The indices of the events that had been accepted before.
  var duplicates: [Int]
}
