import PatchbayCore

/// What is written to the program of a sink or a validator.
enum Request {
  /// The line before a batch's events.
  static func head(batch number: Int, count: Int) -> [UInt8] {
    Array(#"{"batch":\#(number),"count":\#(count)}"#.utf8) + [0x0A]
  }

  /// Events as lines, with what became of them so far.
  static func lines(of batch: borrowing EventBatch) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.count * 256)
    var writer = EventWriter()
    for index in batch.indices { OutcomeJSON.write(index, of: batch, with: &writer, to: &bytes) }
    return bytes
  }
}
