#if SQLiteSink
  package import PatchbayCore

  /// Writes events, what became of them and what state machines forbid into an SQLite database.
  ///
  /// Each batch is one transaction: a write that fails leaves nothing behind and can be tried again.
  package struct DatabaseSink: Sink, ResourceUser {
    package static let type = "sqlite"
    package static let doc = "Writes events and their outcomes into an SQLite database."
    package static let metrics = [
      MetricDeclaration("events", doc: "Events that this run wrote."),
      MetricDeclaration("mismatches", doc: "Those whose transition a state machine forbids."),
    ]

    package static let reportsVerdict = true
    package static let keepsRecords = true

    /// The options.
    package struct Options: OptionGroup {
      let path: String
      let busyTimeout: Duration
      let maximumSize: ByteCount?

      package init(from options: inout OptionReader) {
        path = options.value(
          "path", default: "",
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

    package init(_ options: Options) {
      self.options = options
    }

    package var resources: [String] {
      [
        options.path.isEmpty
          ? FilePlace.resource(inRunFolder: Self.file) : FilePlace.resource(options.path)
      ]
    }

    package func forecast(_ input: ForecastInput) -> Forecast {
      var forecast = Forecast()
      forecast.outputFiles = [options.path.isEmpty ? Self.file : options.path]
      return forecast
    }

    package mutating func open(_ context: StageContext) async throws {
      let path =
        options.path.isEmpty ? try context.directory.makePlace(for: Self.file) : options.path
      run = RunRow(id: context.runID.description, startedAt: context.startedAt.description)
      database = try await EventDatabase.opened(
        path: path, busyTimeout: options.busyTimeout, maximumSize: options.maximumSize)
    }

    package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
      guard let database, let run else { return .all }
      let (key, counts) = try await database.append(copy batch, to: run)
      self.run?.key = key
      written.events += counts.events
      written.mismatches += counts.mismatches
      return .all
    }

    package mutating func finish(_ report: RunReport) async throws {
      defer { database = nil }
      guard let database, let run else { return }
      try await database.complete(run, report)
    }

    package func findings() -> Findings {
      var findings = Findings()
      findings["events"] = Double(written.events)
      findings["mismatches"] = Double(written.mismatches)
      return findings
    }
  }
#endif
