import PatchbayCore
import Synchronization

/// Prints to standard output like Swift's own function, which says nothing of a disk that is full or a
/// reader that has gone away; the program tells that at its end.
func print(_ text: String, terminator: String = "\n") {
  ProgramOutput.write(text + terminator)
}

/// What the commands print that run no pipeline.
enum ProgramOutput {
  private static let stream = OutputStream(
    1, name: "standard output", lane: BlockingLane("patchbay.output"))
  private static let problem = Mutex<String?>(nil)

  /// Why standard output didn't take all that was printed; nil if it did.
  static var failure: String? { problem.withLock { $0 } }

  /// Empties the screen and begins at its top.
  static func clearScreen() {
    try? stream.writeNow(Array("\u{1B}[H\u{1B}[2J".utf8))
  }

  static func write(_ text: String) {
    problem.withLock { problem in
      if problem != nil { return }
      do {
        try stream.writeNow(Array(text.withoutControls.utf8))
      } catch {
        problem = "\(error)"
      }
    }
  }
}

extension String {
  /// The text without control characters but line ends and tabs, whichever way they came into it.
  ///
  /// What JSON may hold as it is stays, also marks of the direction of writing: other programs read that.
  fileprivate var withoutControls: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 || $0 == 0x0A || $0 == 0x09 }) {
      return self
    }
    return unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        ? String(scalar).visible : String(scalar)
    }.joined()
  }
}
