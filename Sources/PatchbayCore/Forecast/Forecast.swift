/// What a stage or connection will do in a run, as far as its options tell.
///
/// Filled without touching the outside world, for people who decide whether to start the run.
public struct Forecast: Sendable, Equatable {
  /// Requests of one kind.
  public struct Requests: Sendable, Equatable {
    /// Method and address without query: `POST https://api.example.com/events`.
    public var endpoint: String
    /// How many, when each succeeds at once.
    public var count: Amount
    /// Whether the address is this machine.
    public var isLocal: Bool
    /// How many the target allows; nil if it isn't known.
    public var allowed: Rate?
    /// The connection whose stages share what is allowed; nil if the requests have it alone.
    public var sharedLimit: String?
    /// Through whom they go if not straight there: `through the proxy http://proxy:3128 (http_proxy)`.
    public var route: String?

    /// Makes requests of one kind.
    public init(
      _ endpoint: String, _ count: Amount, isLocal: Bool, allowed: Rate? = nil,
      sharedLimit: String? = nil, route: String? = nil
    ) {
      self.route = route
      self.sharedLimit = sharedLimit
      self.endpoint = endpoint
      self.count = count
      self.isLocal = isLocal
      self.allowed = allowed
    }
  }

  /// How what a source emits comes over time, for a picture of it.
  public struct Load: Sendable, Equatable {
    /// What comes, in the plural: `interactions`.
    public var what: String
    /// How long it comes, on the run's clock.
    public var duration: Duration
    /// How many come a second, in equal parts of that time.
    public var rates: [Double]
    /// What else there is to say of it, as a sentence without a full stop; nil if nothing is.
    public var note: String?

    /// Makes the load of a source.
    public init(_ what: String, for duration: Duration, rates: [Double], note: String? = nil) {
      self.what = what
      self.duration = duration
      self.rates = rates
      self.note = note
    }
  }

  /// Whose events a source emits.
  public enum Agents: Sendable, Equatable {
    /// Ids of its own making, which nobody outside knows.
    case invented
    /// Ids that the configuration names.
    case named([String])
  }

  /// For a source: whose events it will emit; nil if it can't be told.
  public var agents: Agents?
  /// For a source: how many events it will emit.
  public var events: Amount?
  /// For a source: how long it will take on the run's clock; nil if that can't be told.
  public var duration: Duration?
  /// For a source: how it comes over time; nil if that can't be told, or isn't worth a picture.
  public var load: Load?
  /// What will be sent.
  public var requests: [Requests] = []
  /// Files that will be read, by path.
  public var inputFiles: [String] = []
  /// Files that will be written: in the run's folder by name, else by path.
  public var outputFiles: [String] = []
  /// Addresses that will be listened on: `127.0.0.1:8080`.
  public var listeners: [String] = []
  /// Programs that will be started, each with its arguments as a shell shows them.
  public var programs: [String] = []
  /// Connections that will be asked for without being named in an option.
  public var connections: [String] = []

  /// Makes a forecast of nothing.
  public init() {}
}

/// What a forecast may start from.
public struct ForecastInput: Sendable {
  /// The events that will come in; what a source emits is up to itself.
  public var events: Amount
  /// Whose events will come in, for each source that can tell.
  public var agents: [Forecast.Agents]
  private let connections: [String: any Connection]

  package init(
    events: Amount, agents: [Forecast.Agents] = [], connections: [String: any Connection]
  ) {
    self.events = events
    self.agents = agents
    self.connections = connections
  }

  /// The connection of a name, not open.
  public func connection<Wanted>(_ name: String, as _: Wanted.Type) -> Wanted? {
    connections[name] as? Wanted
  }
}
