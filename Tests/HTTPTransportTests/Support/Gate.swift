import Glibc
import PatchbayTesting

/// Holds up a server's script until a test lets it go on.
struct Gate: Sendable {
  private let reader: Int32
  private let writer: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemError("pipe") }
    (reader, writer) = (ends[0], ends[1])
  }

  /// Lets one waiter pass, now or later.
  func open() {
    var byte: UInt8 = 0
    write(writer, &byte, 1)
  }

  /// Blocks until the gate is opened once.
  func pass() {
    var byte: UInt8 = 0
    read(reader, &byte, 1)
  }
}
