/// What a sink did with a batch.
public struct WriteResult: Sendable, Equatable {
  /// An event that the sink won't ever take.
  public struct Refusal: Sendable, Equatable {
    /// Its position in the batch.
    public var index: Int
    /// Why.
    public var reason: String

    /// Makes a refusal.
    public init(_ index: Int, reason: String) {
      self.index = index
      self.reason = reason
    }
  }

  /// Positions of events that were not written; they are tried again.
  public var undelivered: [Int]
  /// Events that are refused for good; they are not tried again.
  public var refused: [Refusal]
  /// What kept the undelivered ones from being written; the report says it if they stay so.
  public var problem: String?

  /// Makes a result.
  public init(undelivered: [Int] = [], refused: [Refusal] = [], problem: String? = nil) {
    self.undelivered = undelivered
    self.refused = refused
    self.problem = problem
  }

  /// Everything was written.
  public static let all = WriteResult()
}

/// Takes events out: a file, a terminal, a QA system.
public protocol Sink: Stage {
  /// Whether `finish` needs the final report. Such sinks finish after all others; what becomes of
  /// their own delivery is told outside the report they get.
  static var reportsVerdict: Bool { get }

  /// Whether it keeps a record of every event that can be read after the run.
  static var keepsRecords: Bool { get }

  /// Whether it prints records for programs to the console: what is for people then goes elsewhere.
  var printsRecords: Bool { get }

  /// Writes a batch. Called in order, one batch at a time, on one task.
  ///
  /// - Throws: whatever kept all of it from being written; the whole batch is tried again.
  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult

  /// Completes and releases everything. Called once, after the last batch, also after a failed
  /// write and at an interrupted end.
  ///
  /// - Throws: whatever kept the output from being complete; it fails the run.
  mutating func finish(_ report: RunReport) async throws
}

extension Sink {
  /// No.
  public static var reportsVerdict: Bool { false }
  /// No.
  public static var keepsRecords: Bool { false }
  /// No.
  public var printsRecords: Bool { false }
  /// Does nothing.
  public mutating func finish(_ report: RunReport) async throws {}
}
