import PatchbayCore

/// Reads a file of records part by part, beside whoever tells what the part before held.
actor RecordFeed {
  /// What a part of the file holds.
  struct Part: Sendable {
    var findings: [ServiceFile.Finding] = []
    /// Whether nothing comes after it.
    var isLast = false
  }

  private var file: ServiceFile
  private let input: RecordInput

  init(_ file: ServiceFile, from input: RecordInput) {
    self.file = file
    self.input = input
  }

  /// Reads the next part; one call at a time.
  ///
  /// - Throws: `UnreadableInput` if the file can't be read, or isn't what it is read as.
  func next() async throws -> Part {
    let chunk = try await input.next()
    return Part(findings: try file.take(chunk), isLast: chunk.isEmpty)
  }

  /// Ends the reading: what there was, and why nobody can use it, if so.
  func finish() -> (RecordTally, UnreadableInput?) {
    var objection: UnreadableInput?
    do {
      try file.finish()
    } catch {
      objection = error as? UnreadableInput ?? UnreadableInput("\(error)")
    }
    return (file.tally, objection)
  }
}
