#if SQLiteSink
  internal import GRDB
  internal import PatchbayCore

  /// Why SQLite refused something, as far as users can do something about it.
  enum DatabaseProblem: Sendable, Equatable {
    /// What a sentence about a problem names.
    struct Context: Sendable {
      let path: String
      let busyTimeout: Duration
      let maximumSize: ByteCount?
    }

    case locked
    case full
    case readOnly
    case noDatabase
    case damaged
    case notOpened
    case other(passes: Bool)

    init(_ error: DatabaseError) {
      self =
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
        case .SQLITE_FULL: .full
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
        case .SQLITE_NOTADB: .noDatabase
        case .SQLITE_CORRUPT: .damaged
        case .SQLITE_CANTOPEN: .notOpened
        case .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_PROTOCOL, .SQLITE_INTERRUPT:
          .other(passes: true)
        default: .other(passes: false)
        }
    }

    /// Whether the same write may succeed a little later.
    var isPassing: Bool {
      switch self {
      case .locked, .full, .notOpened: true
      case .readOnly, .noDatabase, .damaged: false
      case .other(let passes): passes
      }
    }
  }

  extension DatabaseProblem.Context {
    /// What went wrong and what to do.
    func sentence(_ error: DatabaseError) -> String {
      let advice =
        switch DatabaseProblem(error) {
        case .locked:
          "another program kept it locked for longer than busy_timeout, \(busyTimeout.optionText); "
            + "wait for that program, or raise busy_timeout"
        case .full:
          if let maximumSize {
            "the file has reached max_size, \(maximumSize), or the disk is full; raise max_size, or "
              + "make room"
          } else {
            "the disk is full; make room, or name a file on another one"
          }
        case .readOnly:
          "expected a database that may be written, found it read-only; change the rights of the "
            + "file and its folder, or name another file"
        case .noDatabase:
          "expected an SQLite database, found something else; name another file"
        case .damaged:
          "the database is damaged; restore it from a copy, or name another file"
        case .notOpened:
          "it can't be opened; check that its folder is there and that files can be made in it"
        case .other:
          "\(error.message ?? "SQLite failed") (SQLite error \(error.extendedResultCode.rawValue))"
        }
      return "\(path): \(advice)"
    }
  }
#endif
