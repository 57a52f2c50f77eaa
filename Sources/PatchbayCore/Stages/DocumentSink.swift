/// A sink whose work is one document, made of the run's report.
///
/// Behind `"buffer": "spool"` a document that isn't taken waits on the disk, and the next run of the pipeline
/// delivers it before its own. So the two parts of the work are apart here; without a spool the sink is
/// finished by doing one after the other. Events never wait in its spool: it is given them as they come.
public protocol DocumentSink: Sink {
  /// The document; nil if there is nothing to deliver, and `finish` says why.
  func document(_ report: RunReport) -> [UInt8]?

  /// Delivers a document, of this run or an earlier one.
  ///
  /// - Throws: whatever kept it from being taken; it is kept then, if there is a spool.
  mutating func deliver(_ document: [UInt8]) async throws
}

extension DocumentSink {
  /// Yes: the document is made of it.
  public static var reportsVerdict: Bool { true }
}
