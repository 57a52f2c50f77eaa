/// A part of a pipeline, written by conforming to one of the five role protocols.
///
/// The runtime makes a stage from its options, opens it, feeds it batches and asks it for findings
/// at the end. `init` does no I/O and can't fail: what the options can't say is checked by their
/// declaration.
public protocol Stage: Sendable {
  /// The options, declared once for decoding, checks, help and documentation.
  associatedtype Options: OptionGroup

  /// The name a configuration uses: a lower-case kebab noun such as `call-log`.
  static var type: String { get }

  /// What the stage does, in one sentence.
  static var doc: String { get }

  /// The metrics that `findings()` fills, so that a threshold on another name is refused early.
  static var metrics: [MetricDeclaration] { get }

  /// The shapes of durations that `findings()` fills; each has the figures of `latency`, in milliseconds:
  /// `round_trip` is `NAME.round_trip.p99` in a threshold.
  static var distributions: [MetricDeclaration] { get }

  /// Makes a stage without touching the outside world.
  init(_ options: Options)

  /// What it touches beside what its context gives it; asked before anything is opened.
  var reach: StageReach { get }

  /// What it will do in a run, as far as its options tell. Asked before anything is opened, any
  /// number of times.
  func forecast(_ input: ForecastInput) -> Forecast

  /// Connects to the outside world. Called once before any event, in the order of the
  /// configuration; a throw ends the run before it starts.
  mutating func open(_ context: StageContext) async throws

  /// What the stage has to tell beside its events. Called once, after its last event.
  func findings() -> Findings
}

extension Stage {
  /// None.
  public static var metrics: [MetricDeclaration] { [] }
  /// None.
  public static var distributions: [MetricDeclaration] { [] }
  /// Its author doesn't say: `patchbay test` refuses it.
  public var reach: StageReach { .unstated }
  /// Nothing that anybody outside would notice.
  public func forecast(_ input: ForecastInput) -> Forecast { Forecast() }
  /// Does nothing.
  public mutating func open(_ context: StageContext) async throws {}
  /// Nothing.
  public func findings() -> Findings { Findings() }
}

extension Stage {
  /// All that a threshold may name behind the stage's name: the metrics, and the figures of its shapes of
  /// durations.
  package static var thresholdMetrics: [MetricDeclaration] {
    metrics + distributions.flatMap { MetricCatalog.figures(of: $0) }
  }
}

/// The name and meaning of a number that a stage reports.
public struct MetricDeclaration: Sendable, Equatable {
  /// The name after the stage's, in lower-case snake_case.
  public let name: String
  /// What it counts or measures, with its unit.
  public let doc: String

  /// Makes a declaration.
  public init(_ name: String, doc: String) {
    self.name = name
    self.doc = doc
  }
}

/// What a stage reports at the end of a run.
public struct Findings: Sendable, Equatable {
  /// A table for the summary, such as mismatches by transition.
  public struct Table: Sendable, Equatable {
    /// What the rows are.
    public var title: String
    /// The columns' names.
    public var columns: [String]
    /// The rows, each as long as `columns`.
    public var rows: [[String]]
    /// Whether each row leads from its first column to its second; the summary draws an arrow then.
    public var isOfTransitions: Bool

    /// Makes a table.
    public init(
      title: String, columns: [String], rows: [[String]], isOfTransitions: Bool = false
    ) {
      self.title = title
      self.columns = columns
      self.rows = rows
      self.isOfTransitions = isOfTransitions
    }
  }

  /// A number and its name.
  public struct Metric: Sendable, Equatable {
    /// One of the declared names.
    public var name: String
    /// The value.
    public var value: Double
  }

  /// A step from one state to another, and how often it happened.
  public struct Transition: Sendable, Equatable {
    /// How many of them are told at the most.
    public static let most = 1_000

    /// The state before.
    public var from: String
    /// The state after.
    public var to: String
    /// How often it happened.
    public var count: Int
    /// Whether it is one that may happen.
    public var isAllowed: Bool

    /// Makes a transition.
    public init(from: String, to: String, count: Int, isAllowed: Bool) {
      self.from = from
      self.to = to
      self.count = count
      self.isAllowed = isAllowed
    }
  }

  /// Numbers under the names that the stage declares, in its order.
  public private(set) var metrics: [Metric] = []
  /// A shape of durations and its name.
  public struct Shape: Sendable, Equatable {
    /// One of the declared names.
    public var name: String
    /// The durations.
    public var distribution: Distribution
  }

  /// Shapes of durations under the names that the stage declares, in its order.
  public var shapes: [Shape] = []
  /// Tables for the summary.
  public var tables: [Table] = []
  /// The transitions that were checked, the most frequent first; also those that may happen and didn't.
  public var transitions: [Transition] = []
  /// Sentences for the summary.
  public var notes: [String] = []
  /// The events behind the numbers, the first ones of each kind; see `FoundEvents`.
  public var events: [FoundEvent] = []
  /// Of a log that proves itself, its last signed checkpoint: whoever keeps a copy elsewhere can show later
  /// that nothing up to there was changed.
  public var checkpoint: String?

  /// Makes empty findings.
  public init() {}

  /// Adds a shape of durations under a declared name.
  public mutating func add(_ name: String, _ distribution: Distribution) {
    shapes.append(Shape(name: name, distribution: distribution))
  }

  /// The value of a metric; setting one that exists replaces it.
  public subscript(name: String) -> Double? {
    get { metrics.first { $0.name == name }?.value }
    set {
      let index = metrics.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): metrics[index].value = value
      case (let index?, nil): metrics.remove(at: index)
      case (nil, let value?): metrics.append(Metric(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}
