import PatchbayCore

/// What can be told of a spool from outside.
package struct SpoolSurvey: Sendable {
  /// The sink's name.
  package let sink: String
  /// Its folder.
  package let path: String
  /// Whether a run has it now, so that everything here may have changed already.
  package let isInUse: Bool
  /// How many documents wait.
  package let documents: Int
  /// What its segments hold.
  package let scan: SpoolScan
  /// What is wrong with its receipts; nil if nothing.
  package let receiptProblem: String?

  /// Whether anything in it can't be read.
  package var isDamaged: Bool { !scan.damages.isEmpty || receiptProblem != nil }
  /// Whether nothing waits in it.
  package var isEmpty: Bool { scan.waiting == 0 && documents == 0 }

  /// Looks at the spools of a plan's sinks, in the order of the configuration; it blocks.
  package static func all(of plan: Plan) -> [SpoolSurvey] {
    plan.stages.filter { $0.buffer.spool != nil }.map { stage in
      SpoolSurvey(
        stage.name,
        at: SpoolFolder.path(in: plan.options.directory, pipeline: plan.name, sink: stage.name))
    }
  }

  private init(_ sink: String, at path: String) {
    self.sink = sink
    self.path = path
    isInUse = InputFile.isReadable(path) && Self.isLocked(path)
    documents = SpoolSegments.documents(in: path).count
    var receipts = SpoolReceipts()
    var problem: String?
    do {
      receipts = try SpoolReceipts(in: path)
    } catch {
      problem = "\(error)"
    }
    receiptProblem = problem
    scan = SpoolScan(path, receipts)
  }

  private static func isLocked(_ path: String) -> Bool {
    do {
      return try FolderLock(path) == nil
    } catch {
      return false
    }
  }
}
