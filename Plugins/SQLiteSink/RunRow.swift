#if SQLiteSink
  internal import GRDB
  internal import PatchbayCore

  /// A run's row in `runs`.
  struct RunRow: Sendable {
    let id: String
    let startedAt: String
    /// The row's number, once a transaction that made the row has been committed.
    var key: Int64?

    init(id: String, startedAt: String) {
      self.id = id
      self.startedAt = startedAt
    }

    /// The row's number; the row is made if it isn't there.
    func key(in db: Database) throws -> Int64 {
      if let key { return key }
      // Another sink of the same run may have made it.
      try db.execute(
        sql: "INSERT INTO runs (run_id, started_at) VALUES (?, ?) ON CONFLICT (run_id) DO NOTHING",
        arguments: [id, startedAt])
      let key = try Int64.fetchOne(
        db, sql: "SELECT id FROM runs WHERE run_id = ?", arguments: [id])
      guard let key else { throw DatabaseError(message: "the run's row is gone") }
      return key
    }

    /// Notes how the run ended.
    func complete(_ report: RunReport, in db: Database) throws {
      try db.execute(
        sql: """
          UPDATE runs SET name = ?, seed = ?, clock = ?, finished_at = ?, real_ns = ?, ending = ?,
            verdict = ?, exit_code = ?, emitted = ?, delivered = ?, rejected = ?, failed = ?,
            abandoned = ?
          WHERE id = ?
          """,
        arguments: [
          report.run.name, String(report.run.seed), report.run.clock,
          report.run.finishedAt.description, report.run.realNanoseconds,
          report.run.ending.rawValue, String(describing: report.exitCode),
          report.exitCode.rawValue, report.events.emitted, report.events.delivered,
          report.events.rejected, report.events.failed, report.events.abandoned,
          try key(in: db),
        ])
    }
  }
#endif
