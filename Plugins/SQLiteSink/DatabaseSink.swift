#if SQLiteSink
  public import PatchbayCore

  /// Writes events, what became of them and what state machines forbid into an SQLite database.
  ///
  /// Each batch is one transaction: a write that fails leaves nothing behind and can be tried again.
  public struct DatabaseSink: Sink, ResourceUser {
    /// The name that a configuration uses.
    public static let type = "sqlite"
    /// What it does.
    public static let doc = "Writes events and their outcomes into an SQLite database."
    /// What its findings count.
    public static let metrics = [
      MetricDeclaration("events", doc: "Events that this run wrote."),
      MetricDeclaration("mismatches", doc: "Those whose transition a state machine forbids."),
    ]

    /// Its row of the run has the verdict.
    public static let reportsVerdict = true
    /// The database keeps every event.
    public static let keepsRecords = true

    /// The options.
    public struct Options: OptionGroup {
      let path: String
      let busyTimeout: Duration
      let maximumSize: ByteCount?

      /// Declares and reads them.
      public init(from options: inout OptionReader) {
        path = options.value(
          "path", default: "", .path,
          doc: """
            A database that all runs add to; without it each run has its own, events.sqlite in its \
            folder.
            """)
        busyTimeout = options.value(
          "busy_timeout", default: .seconds(5), .range(.zero ... .seconds(600)),
          doc: "How long a write waits while another program has the database locked; real time.")
        maximumSize = options.optional(
          "max_size", .atLeast(.kibibytes(64)),
          doc: "How large the file may grow; what would make it larger is refused.")
      }
    }

    private static let file = "events.sqlite"

    private let options: Options
    private var database: EventDatabase?
    private var run: RunRow?
    private var written = EventDatabase.Counts()

    /// Nothing beside its context, unless it writes to a database of its own.
    public var reach: StageReach {
      options.path.isEmpty ? .context : .outside("writes to \(options.path)")
    }

    /// Makes a sink without touching the outside world.
    public init(_ options: Options) {
      self.options = options
    }

    /// The database: no other stage may write it.
    public var resources: [String] {
      [
        options.path.isEmpty
          ? FilePlace.resource(inRunFolder: Self.file) : FilePlace.resource(options.path)
      ]
    }

    /// What it will write.
    public func forecast(_ input: ForecastInput) -> Forecast {
      var forecast = Forecast()
      forecast.outputFiles = [options.path.isEmpty ? Self.file : options.path]
      return forecast
    }

    /// Opens the database, making it if needed.
    public mutating func open(_ context: StageContext) async throws {
      let path =
        options.path.isEmpty ? try context.directory.makePlace(for: Self.file) : options.path
      run = RunRow(id: context.runID.description, startedAt: context.startedAt.description)
      database = try await EventDatabase.opened(
        path: path, busyTimeout: options.busyTimeout, maximumSize: options.maximumSize)
    }

    /// Adds a batch in one transaction.
    public mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
      guard let database, let run else { return .all }
      let (key, counts) = try await database.append(copy batch, to: run)
      self.run?.key = key
      written.events += counts.events
      written.mismatches += counts.mismatches
      return .all
    }

    /// Completes the run's row and closes the database.
    public mutating func finish(_ report: RunReport) async throws {
      defer { database = nil }
      guard let database, let run else { return }
      try await database.complete(run, report)
    }

    /// How much was written.
    public func findings() -> Findings {
      var findings = Findings()
      findings["events"] = Double(written.events)
      findings["mismatches"] = Double(written.mismatches)
      return findings
    }
  }
#endif
