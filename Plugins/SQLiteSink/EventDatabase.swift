#if SQLiteSink
  internal import Foundation
  internal import GRDB
  internal import PatchbayCore

  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Darwin)
    internal import Darwin
  #endif

  /// The database that a sink writes to, with this version's tables.
  final class EventDatabase: Sendable {
    /// What was written.
    struct Counts: Sendable, Equatable {
      var events = 0
      var mismatches = 0
    }

    /// How large the write-ahead log gets before it is moved into the database: 64 MB.
    ///
    /// Ids are random, so that every batch changes pages all over the index. With SQLite's 4 MB they
    /// are moved again and again, and a million events take twice the time.
    private static let pagesInLog = 16_000

    private let queue: DatabaseQueue
    private let problems: DatabaseProblem.Context

    /// Opens a database; makes the file, with mode 0600, and the tables if they aren't there.
    ///
    /// - Throws: `PipelineError` that says why it can't be used.
    static func opened(
      path: String, busyTimeout: Duration, maximumSize: ByteCount?
    ) async throws -> EventDatabase {
      try await BlockingLane("patchbay.sqlite").run {
        try EventDatabase(path: path, busyTimeout: busyTimeout, maximumSize: maximumSize)
      }
    }

    private init(path: String, busyTimeout: Duration, maximumSize: ByteCount?) throws {
      problems = DatabaseProblem.Context(
        path: path, busyTimeout: busyTimeout, maximumSize: maximumSize)
      try Self.makeFile(path)
      // SQLite gives a meaning of their own to names such as ":memory:", but not to paths.
      let place = path.hasPrefix("/") ? path : "./" + path
      do {
        queue = try DatabaseQueue(
          path: place, configuration: Self.configuration(busyTimeout, maximumSize))
        try DatabaseSchema.prepare(queue, path: path)
      } catch let error as DatabaseError {
        throw PipelineError(problems.sentence(error), cause: error)
      }
    }

    private static func configuration(
      _ busyTimeout: Duration, _ maximumSize: ByteCount?
    ) -> Configuration {
      var configuration = Configuration()
      configuration.label = "patchbay.sqlite"
      configuration.busyMode = .timeout(Double(busyTimeout.wholeNanoseconds) / 1e9)
      configuration.prepareDatabase { db in
        // Not by the configuration's journal mode: that writes, and so fails while another program
        // does.
        guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
          throw DatabaseError(message: "a write-ahead log can't be used where the file is")
        }
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pagesInLog)")
        guard let maximumSize else { return }
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
        let pages = max(1, min(maximumSize.bytes / pageSize, 1 << 30))
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      return configuration
    }

    private static func makeFile(_ path: String) throws {
      let files = FileManager.default
      var isFolder: ObjCBool = false
      if files.fileExists(atPath: path, isDirectory: &isFolder) {
        if isFolder.boolValue {
          throw PipelineError(
            "\(path): expected a database file, found a folder; name a file in it")
        }
        guard files.isWritableFile(atPath: path) else {
          throw PipelineError(
            "\(path): expected a file that may be written, found it read-only; change its rights, "
              + "or name another file")
        }
        // The write-ahead log is made beside the file.
        let folder = (path as NSString).deletingLastPathComponent
        guard files.isWritableFile(atPath: folder.isEmpty ? "." : folder) else {
          throw PipelineError(
            "\(path): expected a folder in which files can be made, found it read-only; change its "
              + "rights, or name a file in another folder")
        }
        return
      }
      // Never opened if it exists: closing it would let go of locks that a connection in this
      // process has. SQLite gives the files beside it the same mode.
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor < 0, errno != EEXIST {
        throw PipelineError("can't write \(path): \(String(cString: strerror(errno)))")
      }
      if descriptor >= 0 { close(descriptor) }
    }

    /// Adds a batch in one transaction.
    ///
    /// - Returns: the number of the run's row, and what was written.
    /// - Throws: `PipelineError` if it may be tried again, `DeliveryError` if that is no use. Nothing
    ///   was written then.
    func append(_ batch: EventBatch, to run: RunRow) async throws -> (Int64, Counts) {
      do {
        return try await queue.write { db in
          let key = try run.key(in: db)
          var writer = try BatchWriter(db, run: key)
          return (key, try writer.insert(batch))
        }
      } catch let error as DatabaseError {
        let sentence = problems.sentence(error)
        guard DatabaseProblem(error).isPassing else { throw DeliveryError(rejected: sentence) }
        throw PipelineError(sentence, cause: error)
      }
    }

    /// Notes how a run ended, and closes the database.
    ///
    /// It also works in a cancelled task.
    ///
    /// - Throws: `PipelineError` that says why the run's row isn't complete.
    func complete(_ run: RunRow, _ report: RunReport) async throws {
      do {
        try await BlockingLane("patchbay.sqlite").run { [queue] in
          try queue.write { db in try run.complete(report, in: db) }
          try queue.close()
        }
      } catch let error as DatabaseError {
        throw PipelineError(problems.sentence(error), cause: error)
      }
    }
  }
#endif
