/// Writes events as lines of JSON: in our shape with what became of them, or in somebody else's.
package struct EventLineWriter: Sendable {
  private var own = EventWriter()
  private var shape: (any EventShapeWriter)?
  private let hasLedger: Bool

  /// - Parameters:
  ///   - shape: whose shape events get; ours if nil.
  ///   - hasLedger: whether our outcomes say where time went.
  package init(shape: (any EventShape)? = nil, hasLedger: Bool = false) {
    self.shape = shape?.makeWriter()
    self.hasLedger = hasLedger
  }

  /// Appends an event's line with its end.
  ///
  /// - Throws: `UnwritableEvent` if the shape has no way to say it; nothing is appended then.
  package mutating func write(
    _ index: Int, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) throws(UnwritableEvent) {
    guard shape != nil else {
      OutcomeJSON.write(index, of: batch, hasLedger: hasLedger, with: &own, to: &bytes)
      return
    }
    try shape?.write(index, of: batch, to: &bytes)
    bytes.append(0x0A)
  }

  /// Appends the lines of a batch.
  ///
  /// - Returns: what the shape has no way to say, and why.
  package mutating func write(
    _ batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) -> WriteResult {
    var refused: [WriteResult.Refusal] = []
    for index in batch.indices {
      do throws(UnwritableEvent) {
        try write(index, of: batch, to: &bytes)
      } catch {
        refused.append(.init(index, reason: error.description))
      }
    }
    return WriteResult(refused: refused)
  }
}
