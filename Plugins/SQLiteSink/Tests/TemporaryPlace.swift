#if SQLiteSink
  import Foundation
  import GRDB

  /// A folder of its own for one test, removed with it.
  final class TemporaryPlace: Sendable {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "sqlite-sink-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a database in the folder.
    var database: String { path + "/all.sqlite" }

    /// Changes a database of any kind in the folder.
    func change(_ sql: String) throws {
      let queue = try DatabaseQueue(path: database)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
    }

    /// The rows that a query finds, each as its values with a bar between them.
    func rows(_ sql: String, in file: String? = nil) throws -> [String] {
      let queue = try DatabaseQueue(path: file ?? database)
      return try queue.read { db in
        try Row.fetchAll(db, sql: sql).map { row in
          row.databaseValues.map { $0.isNull ? "-" : String.fromDatabaseValue($0) ?? "\($0)" }
            .joined(separator: "|")
        }
      }
    }

    func mode(of file: String) throws -> Int? {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
  }
#endif
