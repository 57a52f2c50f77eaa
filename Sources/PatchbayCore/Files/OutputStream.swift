import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One of the streams that the process was started with, or another open descriptor, to write to.
///
/// Secrets that are known are masked. Writing waits while the reader is slow, on the stream's lane, and ends for a task that is cancelled;
/// what such a task had asked for may still be written.
package struct OutputStream: Sendable {
  /// A stream that takes nothing more.
  package struct Failure: Error, CustomStringConvertible {
    /// Whether the reader has gone away.
    package let isBrokenPipe: Bool
    /// Which stream, and why.
    package let description: String
  }

  private let descriptor: FileDescriptor
  private let name: String
  private let lane: BlockingLane

  /// - Parameters:
  ///   - name: what messages call it, such as `standard output`.
  ///   - lane: streams that share one don't mix.
  package init(_ descriptor: Int32, name: String, lane: BlockingLane) {
    self.descriptor = FileDescriptor(rawValue: descriptor)
    self.name = name
    self.lane = lane
  }

  /// Writes all of it.
  ///
  /// - Throws: `Failure` if the stream takes nothing more; `CancellationError` as soon as the task is
  ///   cancelled.
  package func write(_ bytes: [UInt8]) async throws {
    try await lane.runUnlessCancelled { [self] in try writeNow(bytes) }
  }

  /// Writes all of it on this thread, however long it takes.
  ///
  /// - Throws: `Failure` if the stream takes nothing more.
  package func writeNow(_ bytes: [UInt8]) throws {
    try KnownSecrets.masked(bytes).withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        do {
          let count = try descriptor.write(UnsafeRawBufferPointer(rebasing: rest))
          rest = rest.dropFirst(count)
        } catch Errno.resourceTemporarilyUnavailable {
          var ready = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
        } catch {
          throw Failure(
            isBrokenPipe: error as? Errno == .brokenPipe,
            description: "can't write to \(name): \(error)")
        }
      }
    }
  }
}
