#if SQLiteSink
  internal import GRDB
  internal import PatchbayCore
  internal import GRDBSQLite

  /// A prepared statement that is run once a row.
  ///
  /// It binds by SQLite's own functions: GRDB's arguments end a text at its first NUL, and cost an
  /// array and a string for each value.
  struct RowStatement {
    private let statement: Statement
    private let handle: SQLiteStatement
    private var position: CInt = 0
    /// The row's texts one behind the other; never empty, so that there is an address.
    private var bytes: [UInt8] = [0]
    private var texts: [(position: CInt, range: Range<Int>)] = []

    init(_ db: Database, _ sql: String) throws {
      statement = try db.cachedStatement(sql: sql)
      // What this binds is all that there is to check.
      statement.setUncheckedArguments(StatementArguments())
      handle = statement.sqliteStatement
    }

    /// Begins a row.
    mutating func start() {
      sqlite3_reset(handle)
      position = 0
      bytes.removeSubrange(1...)
      texts.removeAll(keepingCapacity: true)
    }

    /// Adds a number or NULL.
    mutating func add(_ number: Int64?) {
      position += 1
      if let number {
        sqlite3_bind_int64(handle, position, number)
      } else {
        sqlite3_bind_null(handle, position)
      }
    }

    /// Adds a text.
    mutating func add(_ text: ArraySlice<UInt8>) {
      add { $0.append(contentsOf: text) }
    }

    /// Adds the text that a closure appends.
    mutating func add(_ append: (inout [UInt8]) -> Void) {
      position += 1
      let start = bytes.count
      append(&bytes)
      texts.append((position, start..<bytes.count))
    }

    /// Runs the statement with the row.
    mutating func run() throws {
      let isPlain = bytes.withUnsafeBufferPointer { $0.allSatisfy { $0 < 0x80 } }
      if !isPlain || KnownSecrets.occur(in: bytes) { repair() }
      try bytes.withUnsafeBufferPointer { bytes in
        try bytes.withMemoryRebound(to: CChar.self) { characters in
          for (position, range) in texts {
            // Not copied by SQLite: they stay where they are while the statement runs, and the next
            // row binds every position anew.
            sqlite3_bind_text64(
              handle, position, characters.baseAddress.map { $0 + range.lowerBound },
              UInt64(range.count), nil, UInt8(SQLITE_UTF8))
          }
          try statement.execute()
        }
      }
    }

    /// Forgets the last row.
    func release() {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }

    /// Replaces what isn't UTF-8, and secrets.
    private mutating func repair() {
      let old = bytes
      bytes.removeSubrange(1...)
      for index in texts.indices {
        let start = bytes.count
        let text = KnownSecrets.masked(Array(old[texts[index].range]))
        bytes.append(contentsOf: String(decoding: text, as: UTF8.self).utf8)
        texts[index].range = start..<bytes.count
      }
    }
  }
#endif
