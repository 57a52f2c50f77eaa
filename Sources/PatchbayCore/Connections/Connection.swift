/// Something that several stages share: a platform's login, an embedded server.
///
/// Opened before the stages, closed after them. Stages name it in their options by
/// `OptionReader.reference(_:to:)` and get it from their context.
public protocol Connection: Sendable {
  /// The options, declared like a stage's.
  associatedtype Options: OptionGroup

  /// The name a configuration uses, a lower-case kebab noun.
  static var type: String { get }

  /// What it connects to, in one sentence.
  static var doc: String { get }

  /// The name under which it exists without being declared, with its default options; nil for
  /// most. It is opened only if somebody asks for it.
  static var implicitName: String? { get }

  /// Makes a connection without touching the outside world.
  init(_ options: Options)

  /// What it will do in a run, as far as its options tell. Asked before anything is opened.
  func forecast() -> Forecast

  /// Connects. A throw ends the run before it starts.
  mutating func open(_ context: StageContext) async throws

  /// Works from `open` to `close` on a task of its own; for servers. The run goes on once
  /// `whenReady` was called, and cancels the task after the last stage.
  ///
  /// - Throws: whatever keeps it from getting ready, or from going on.
  func serve(whenReady: @escaping @Sendable () -> Void) async throws

  /// Disconnects. Called once, after all stages, also after a failure.
  func close() async
}

extension Connection {
  /// None.
  public static var implicitName: String? { nil }
  /// Nothing that anybody outside would notice.
  public func forecast() -> Forecast { Forecast() }
  /// Is ready at once and has nothing to do.
  public func serve(whenReady: @escaping @Sendable () -> Void) async throws { whenReady() }
  /// Does nothing.
  public func close() async {}
}

/// A server inside this process, on the loopback interface.
public protocol LoopbackServer: Connection {
  /// `http://127.0.0.1:PORT`, known once it is open.
  var baseURL: String { get }

  /// How many event requests a token may make, known from the options; nil for any number.
  var allowedRequests: Rate? { get }
}

/// The name under which stages find the embedded stand-in for the platform.
public let sandboxConnectionName = "sandbox"
