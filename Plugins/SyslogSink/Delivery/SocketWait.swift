#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for a socket, no longer than it may and not beyond a stop.
enum SocketWait {
  /// How soon a stop is noticed.
  private static let slice: Int64 = 50_000_000

  /// Whether one of the events came, an error of the socket's among them, before the deadline.
  ///
  /// - Throws: `CancellationError` when stopped.
  static func wait(
    for events: Int32, on socket: Int32, deadline: Deadline, until stop: StopFlag
  ) throws -> Bool {
    while true {
      try stop.check()
      let left = deadline.nanosecondsLeft
      var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
      // Rounded up, so that the last part of a millisecond isn't spent turning.
      let ready = poll(&entry, 1, Int32((min(left, slice) + 999_999) / 1_000_000))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return true }
      if left == 0 { return false }
    }
  }
}
