import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP endpoint on 127.0.0.1 that does with each connection what a script says, well-behaved or
/// not; for the tests of stages that send.
///
/// ```swift
/// let script = ScriptedEndpoint.answering { connection, request in
///   connection.answer(request.line.hasPrefix("POST /events ") ? 202 : 404)
/// }
/// try await ScriptedEndpoint.run(script) { endpoint in
///   // ... sends to endpoint.url ...
///   #expect(endpoint.requests.count == 1)
/// }
/// ```
///
/// The script runs on a thread of its own for each connection, which is closed when it returns.
public final class ScriptedEndpoint: Sendable {
  /// What is done with a connection.
  public typealias Script = @Sendable (EndpointConnection) -> Void

  /// What happened, in order; for one reader.
  public enum Event: Sendable {
    /// `readRequest` has returned a request.
    case request(ReceivedRequest)
    /// The connection with this index is closed.
    case closed(Int)
  }

  private struct State {
    var connectionCount = 0
    var open: Set<Int32> = []
    var threads: [BlockingThread] = []
    var requests: [ReceivedRequest] = []
    var isStopping = false
  }

  /// The port that the system picked.
  public let port: Int
  /// What happens; for one reader.
  public let events: AsyncStream<Event>

  private let listener: Int32
  private let script: Script
  private let state = Mutex(State())
  private let reporter: AsyncStream<Event>.Continuation

  private init(_ script: @escaping Script) throws {
    (listener, port) = try TCPSocket.listening()
    self.script = script
    (events, reporter) = AsyncStream.makeStream()
  }

  /// A script that answers every request, as long as the client goes on.
  public static func answering(
    _ answer: @escaping @Sendable (EndpointConnection, ReceivedRequest) -> Void
  ) -> Script {
    { connection in
      while let request = connection.readRequest() { answer(connection, request) }
    }
  }

  /// Runs an endpoint while the body runs.
  ///
  /// - Parameters:
  ///   - script: what it does with each connection.
  ///   - body: what is done meanwhile.
  /// - Throws: what the body throws, or that there is no socket to be had.
  public static func run<Value>(
    _ script: @escaping Script, _ body: (ScriptedEndpoint) async throws -> Value
  ) async throws -> Value {
    let endpoint = try ScriptedEndpoint(script)
    let acceptor = try BlockingThread { endpoint.acceptAll() }
    defer { endpoint.stop(acceptor) }
    return try await body(endpoint)
  }

  /// `http://127.0.0.1:PORT`.
  public var url: String { "http://127.0.0.1:\(port)" }
  /// `127.0.0.1:PORT`.
  public var authority: String { "127.0.0.1:\(port)" }
  /// How many connections were made.
  public var connectionCount: Int { state.withLock { $0.connectionCount } }
  /// The requests so far, in the order in which they were read.
  public var requests: [ReceivedRequest] { state.withLock { $0.requests } }

  /// From now on the system refuses connections to the port.
  ///
  /// Open ones stay.
  public func refuseConnections() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      state.withLock { state in
        let index = state.connectionCount
        guard !state.isStopping, let thread = try? BlockingThread({ self.serve(index, descriptor) })
        else {
          close(descriptor)
          return
        }
        state.connectionCount += 1
        state.open.insert(descriptor)
        state.threads.append(thread)
      }
    }
  }

  private func serve(_ index: Int, _ descriptor: Int32) {
    script(
      EndpointConnection(index: index, descriptor: descriptor) { [self] request in
        state.withLock { $0.requests.append(request) }
        reporter.yield(.request(request))
      })
    // Under the lock, so that `stop` doesn't shut down another socket of the same number.
    state.withLock { state in
      state.open.remove(descriptor)
      close(descriptor)
    }
    reporter.yield(.closed(index))
  }

  private func stop(_ acceptor: BlockingThread) {
    shutdown(listener, Int32(SHUT_RDWR))
    acceptor.join()
    close(listener)
    let threads = state.withLock { state in
      state.isStopping = true
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
      return state.threads
    }
    for thread in threads { thread.join() }
  }
}
