import Glibc
import Synchronization

/// A server on 127.0.0.1 that does with each connection what a script says.
///
/// The script runs on a thread of its own for each connection, which is closed when it returns.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (ServerConnection) -> Void

  /// What happened, in order; for one reader.
  enum Event: Sendable {
    /// `readRequest` has returned a request.
    case request(ReceivedRequest)
    /// The connection with this index is closed.
    case closed(Int)
  }

  private struct State {
    var connectionCount = 0
    var open: Set<Int32> = []
    var threads: [Thread] = []
    var requests: [ReceivedRequest] = []
    var isStopping = false
  }

  let port: Int
  let events: AsyncStream<Event>

  private let listener: Int32
  private let script: Script
  private let state = Mutex(State())
  private let reporter: AsyncStream<Event>.Continuation

  private init(_ script: @escaping Script) throws {
    (listener, port) = try TCPSocket.listening()
    self.script = script
    (events, reporter) = AsyncStream.makeStream()
  }

  /// Runs a server while the body runs.
  static func run<Value>(
    _ script: @escaping Script, _ body: (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let server = try ScriptedServer(script)
    let acceptor = try Thread { server.acceptAll() }
    defer { server.stop(acceptor) }
    return try await body(server)
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var authority: String { "127.0.0.1:\(port)" }
  var connectionCount: Int { state.withLock { $0.connectionCount } }
  var requests: [ReceivedRequest] { state.withLock { $0.requests } }

  /// From now on the system refuses connections to the port.
  ///
  /// Open ones stay.
  func refuseConnections() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      state.withLock { state in
        let index = state.connectionCount
        guard !state.isStopping, let thread = try? Thread({ self.serve(index, descriptor) }) else {
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
      ServerConnection(index: index, descriptor: descriptor) { [self] request in
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

  private func stop(_ acceptor: Thread) {
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
