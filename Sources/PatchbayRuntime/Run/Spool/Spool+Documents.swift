import PatchbayCore

// Documents that wait for their sink, each a file of its own, under the id of its run.

extension Spool {
  /// Keeps a run's document; it is on the disk when this returns.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  func keep(document: [UInt8], of run: UUIDBits) async throws {
    let file = "\(path)/\(SpoolSegments.document(of: run))"
    try await BlockingLane("patchbay.spool").run {
      try WholeFile.writeDurably(KnownSecrets.masked(document), to: file)
    }
  }

  /// The names of the documents that wait, the oldest first.
  var documents: [String] { SpoolSegments.documents(in: path) }

  /// A document that waits.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  func document(_ name: String) async throws -> [UInt8] {
    let file = "\(path)/\(name)"
    return try await BlockingLane("patchbay.spool").run {
      try InputFile.contents(of: file, upTo: .max)
    }
  }

  /// Removes a document that was delivered.
  func remove(document name: String) async {
    try? await WholeFile.discard("\(path)/\(name)")
  }
}
