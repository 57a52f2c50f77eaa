import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program's standard input, read on a thread of its own, since reading may block for ever.
///
/// A cancelled read leaves its thread waiting for input; it ends with the program.
final class StandardInput: ByteInput {
  fileprivate typealias Waiting = CheckedContinuation<[UInt8], any Error>

  fileprivate final class Request: Sendable {
    let count: Int
    let waiting: Mutex<Waiting?>

    init(_ count: Int, _ waiting: Waiting) {
      self.count = count
      self.waiting = Mutex(waiting)
    }

    func finish(_ result: Result<[UInt8], any Error>) {
      let waiting = waiting.withLock { waiting in
        defer { waiting = nil }
        return waiting
      }
      waiting?.resume(with: result)
    }
  }

  private let current = Mutex<Request?>(nil)

  func read(upTo count: Int) async throws -> [UInt8] {
    try Task.checkCancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let request = Request(count, continuation)
        current.withLock { $0 = request }
        if Task.isCancelled { request.finish(.failure(CancellationError())) }
        start(request)
      }
    } onCancel: {
      current.withLock { $0 }?.finish(.failure(CancellationError()))
    }
  }

  private func start(_ request: Request) {
    // The thread takes over this reference.
    let context = Unmanaged.passRetained(request)
    if Self.spawn(context.toOpaque()) != 0 {
      context.release()
      request.finish(.failure(UnreadableInput("can't read standard input: no thread for it")))
    }
  }

  private static func spawn(_ context: UnsafeMutableRawPointer) -> Int32 {
    #if canImport(Darwin)
      var thread: pthread_t?
      let result = pthread_create(&thread, nil, { serveRead($0) }, context)
      if result == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let result = pthread_create(&thread, nil, { $0.flatMap { serveRead($0) } }, context)
      if result == 0 { pthread_detach(thread) }
    #endif
    return result
  }

  /// The body of the thread: one read.
  fileprivate static func serve(_ request: Request) {
    var bytes = [UInt8](repeating: 0, count: request.count)
    var got = -1
    repeat {
      #if canImport(Glibc)
        got = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
      #else
        got = Darwin.read(STDIN_FILENO, &bytes, bytes.count)
      #endif
    } while got < 0 && errno == EINTR
    if got < 0 {
      let reason = String(cString: strerror(errno))
      request.finish(.failure(UnreadableInput("can't read standard input: \(reason)")))
    } else {
      request.finish(.success(Array(bytes.prefix(got))))
    }
  }
}

/// A function without context, as threads are started with.
private func serveRead(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  StandardInput.serve(Unmanaged<StandardInput.Request>.fromOpaque(context).takeRetainedValue())
  return nil
}
