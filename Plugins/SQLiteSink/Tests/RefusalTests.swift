#if SQLiteSink
  import Foundation
  import GRDB
  import PatchbayKit
  import Synchronization
  import Testing

  struct RefusalTests {
    /// What keeps a run that can't open its database from starting.
    private func failures(in place: TemporaryPlace) async throws -> [String] {
      var run = TestRun(in: place)
      run.batches = [[.order(1)]]
      let result = try await run.run()
      #expect(result.report.exitCode == .failure)
      return result.failures
    }

    @Test func `a folder is no database`() async throws {
      let place = try TemporaryPlace()
      try FileManager.default.createDirectory(
        atPath: place.database, withIntermediateDirectories: false)
      #expect(
        try await failures(in: place) == [
          "sinks.db: \(place.database): expected a database file, found a folder; name a file in it"
        ])
    }

    @Test func `a text file is no database, and stays as it was`() async throws {
      let place = try TemporaryPlace()
      for text in ["notes\n", String(repeating: "line\n", count: 2_000)] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: place.database))
        #expect(
          try await failures(in: place) == [
            "sinks.db: \(place.database): expected an SQLite database, found something else; name "
              + "another file"
          ])
        #expect(try String(contentsOfFile: place.database, encoding: .utf8) == text)
      }
    }

    @Test func `a folder that isn't there is named`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      let path = place.path + "/none/all.sqlite"
      run.options = ["path": .string(path)]
      #expect(
        try await run.run().failures == [
          "sinks.db: can't write \(path): No such file or directory"
        ])
    }

    @Test func `another program's database is refused`() async throws {
      let place = try TemporaryPlace()
      try place.change("CREATE TABLE events (id INTEGER PRIMARY KEY)")
      #expect(
        try await failures(in: place) == [
          "sinks.db: \(place.database): expected a database of this sink, found one of another "
            + "program; name another file"
        ])
      #expect(try place.rows("SELECT name FROM sqlite_master") == ["events"])
    }

    @Test func `a newer version's database is refused`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [[.order(1)]]
      #expect(try await run.run().failures == [])
      try place.change("INSERT INTO grdb_migrations VALUES ('2')")
      #expect(
        try await failures(in: place) == [
          "sinks.db: \(place.database): expected a schema that this version knows, at most \"1\", "
            + "found \"2\" of a newer version; use that version, or name another file"
        ])
      #expect(try place.rows("SELECT count(*) FROM events") == ["1"])
    }

    /// Rights don't keep root from writing.
    private static let rightsCount = getuid() != 0

    @Test(.enabled(if: rightsCount, "runs as root")) func `a read-only file is refused`()
      async throws
    {
      let place = try TemporaryPlace()
      #expect(FileManager.default.createFile(atPath: place.database, contents: nil))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o400], ofItemAtPath: place.database)
      #expect(
        try await failures(in: place) == [
          "sinks.db: \(place.database): expected a file that may be written, found it read-only; "
            + "change its rights, or name another file"
        ])
    }

    @Test(.enabled(if: rightsCount, "runs as root")) func `a read-only folder is refused`()
      async throws
    {
      let place = try TemporaryPlace()
      let folder = place.path + "/fixed"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      var run = TestRun(in: place)
      run.options = ["path": .string(folder + "/all.sqlite")]
      run.batches = [[.order(1)]]
      func rights(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder)
      }
      try rights(0o500)
      #expect(
        try await run.run().failures == [
          "sinks.db: can't write \(folder)/all.sqlite: Permission denied"
        ])
      try rights(0o700)
      #expect(try await run.run().failures == [])
      try rights(0o500)
      #expect(
        try await run.run().failures == [
          "sinks.db: \(folder)/all.sqlite: expected a folder in which files can be made, found it "
            + "read-only; change its rights, or name a file in another folder"
        ])
      try rights(0o700)
    }

    @Test func `a locked database is waited for, and an event is stored once`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place, [.init("busy_timeout", "0s")])
      run.batches = [[.order(1), .order(2)]]
      #expect(try await run.run().failures == [])
      let lock = try Lock(place.database)
      let attempts = Mutex(0)
      run.onFailure = {
        attempts.withLock { $0 += 1 }
        lock.release()
      }
      let result = try await run.run()
      #expect(attempts.withLock { $0 } == 1)
      #expect(result.failures == [])
      #expect(result.sink?.written == 2)
      #expect(try place.rows("SELECT run, count(*) FROM events GROUP BY run") == ["1|2", "2|2"])
    }

    @Test func `a database that stays locked fails its sink alone`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place, [.init("busy_timeout", "1ms")])
      run.batches = [[.order(1), .order(2)]]
      #expect(try await run.run().failures == [])
      let lock = try Lock(place.database)
      let result = try await run.run()
      lock.release()
      let locked =
        "\(place.database): another program kept it locked for longer than busy_timeout, 1ms; wait "
        + "for that program, or raise busy_timeout"
      #expect(
        result.failures == ["sinks.db: could not write events: \(locked)", "sinks.db: \(locked)"])
      #expect(result.others == ["s-1", "s-2"])
      #expect(result.sink?.undelivered == 2)
      #expect(try place.rows("SELECT count(*) FROM events") == ["2"])
    }

    @Test func `a full database keeps whole batches and fails its sink alone`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place, [.init("max_size", "256KiB")])
      run.batches = (0..<20).map { batch in (0..<100).map { .order(batch * 100 + $0) } }
      let result = try await run.run()
      #expect(
        result.failures == [
          "sinks.db: could not write events: \(place.database): the file has reached max_size, "
            + "256KiB, or the disk is full; raise max_size, or make room"
        ])
      #expect(result.others.count == 2_000)
      let written = result.sink?.written ?? 0
      #expect(written > 0 && written + (result.sink?.undelivered ?? 0) == 2_000)
      #expect(try place.rows("SELECT count(*) FROM events") == ["\(written)"])
      #expect(try place.rows("SELECT count(*) FROM injections") == ["\(written)"])
      #expect(try place.rows("SELECT verdict FROM runs") == ["failure"])
      #expect(try place.rows("PRAGMA integrity_check") == ["ok"])
    }

    /// Another program's transaction.
    private final class Lock: Sendable {
      private let queue: DatabaseQueue

      init(_ path: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
      }

      func release() {
        try? queue.writeWithoutTransaction { try $0.rollback() }
      }
    }
  }
#endif
