#if SQLiteSink
  internal import GRDB
  internal import PatchbayCore

  /// The tables, and how they came to be.
  ///
  /// A migration that was released never changes; another one follows it.
  enum DatabaseSchema {
    /// Tells the sink's databases from those of other programs: "PtBy".
    static let applicationID = 0x5074_4279

    static var migrator: DatabaseMigrator {
      var migrator = DatabaseMigrator()
      migrator.registerMigration("1") { db in
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: first)
      }
      return migrator
    }

    /// Makes the tables, or brings those of an earlier version up to date.
    ///
    /// - Throws: `PipelineError` if the database is another program's or a newer version's.
    static func prepare(_ queue: DatabaseQueue, path: String) throws {
      let migrator = migrator
      let isReady = try queue.read { db in
        try refuseForeign(db, path)
        let unknown = try migrator.appliedIdentifiers(db).subtracting(migrator.migrations)
        if let newest = unknown.max() {
          throw PipelineError(
            """
            \(path): expected a schema that this version knows, at most \
            \(quoted(migrator.migrations.last)), found \(quoted(newest)) of a newer version; use \
            that version, or name another file
            """)
        }
        return try migrator.hasCompletedMigrations(db)
      }
      if isReady { return }
      do {
        try migrator.migrate(queue)
      } catch {
        // Another run may have made the same steps at the same time.
        guard try queue.read(migrator.hasCompletedMigrations) else { throw error }
      }
    }

    private static func refuseForeign(_ db: Database, _ path: String) throws {
      let found = try Int.fetchOne(db, sql: "PRAGMA application_id")
      let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      if found != applicationID, objects > 0 {
        throw PipelineError(
          "\(path): expected a database of this sink, found one of another program; name another "
            + "file")
      }
    }

    private static func quoted(_ name: String?) -> String { "\"\(name ?? "")\"" }

    /// Absent members are NULL; ids and other texts are as they came, in UTF-8.
    ///
    /// Times as texts are in a view: a generated column would cost every insert a fifth.
    private static let first = """
      CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL UNIQUE,
        name TEXT,
        seed TEXT,
        clock TEXT,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        real_ns INTEGER,
        ending TEXT,
        verdict TEXT,
        exit_code INTEGER,
        emitted INTEGER,
        delivered INTEGER,
        rejected INTEGER,
        failed INTEGER,
        abandoned INTEGER
      );
      CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        sequence_id TEXT,
        timestamp_ns INTEGER,
        malformed_timestamp TEXT,
        interaction_id TEXT,
        agent_id TEXT,
        state TEXT,
        event_type TEXT,
        attributes TEXT,
        validated INTEGER NOT NULL
      );
      CREATE INDEX events_by_interaction ON events (run, interaction_id);
      CREATE TABLE injections (
        event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
        kind TEXT NOT NULL,
        status INTEGER,
        attempts INTEGER NOT NULL,
        queue_ns INTEGER,
        rate_limit_ns INTEGER,
        backoff_ns INTEGER,
        service_ns INTEGER,
        wire_ns INTEGER,
        code TEXT,
        reason TEXT
      );
      CREATE TABLE mismatches (
        event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
        from_state TEXT NOT NULL,
        to_state TEXT NOT NULL
      );
      CREATE VIEW timeline AS SELECT
        runs.run_id,
        events.id AS event,
        CASE WHEN timestamp_ns IS NULL THEN malformed_timestamp ELSE
          strftime(
            '%Y-%m-%dT%H:%M:%S',
            timestamp_ns / 1000000000 - (timestamp_ns % 1000000000 < 0), 'unixepoch')
          || printf('.%09dZ', (timestamp_ns % 1000000000 + 1000000000) % 1000000000)
        END AS timestamp,
        sequence_id, interaction_id, agent_id, event_type, state,
        mismatches.from_state AS forbidden_from,
        kind, status, attempts, service_ns / 1e6 AS latency_ms, code, reason
      FROM events
        JOIN runs ON runs.id = events.run
        LEFT JOIN injections ON injections.event = events.id
        LEFT JOIN mismatches ON mismatches.event = events.id;
      """
  }
#endif
