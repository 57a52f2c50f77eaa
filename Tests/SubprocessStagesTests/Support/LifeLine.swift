import PatchbayCore
import PatchbayTesting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A named pipe that a program of the tests and all that it has started hold open: it tells when the
/// program hangs, and when the last of them has ended.
struct LifeLine {
  private let descriptor: Int32
  private let lane = BlockingLane("patchbay.test")

  /// Makes the pipe in a folder, before the program is started.
  init(in folder: String) {
    let path = "\(folder)/life"
    mkfifo(path, 0o600)
    descriptor = open(path, O_RDONLY | O_NONBLOCK)
  }

  /// Waits until the program says that it hangs; false if it doesn't.
  func isHanging() async throws -> Bool {
    try await lane.run { [descriptor] in
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var byte: UInt8 = 0
      return poll(&wait, 1, 60_000) == 1 && read(descriptor, &byte, 1) == 1
    }
  }

  /// Waits for a moment until all of them have ended; false if one hasn't.
  func isCut() async throws -> Bool {
    try await lane.run { [descriptor] in
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      defer { close(descriptor) }
      return poll(&wait, 1, 5_000) == 1 && Int32(wait.revents) & POLLHUP != 0
    }
  }
}
