import CLibcurl

/// Makes a loop that waits in `curl_multi_poll` look for commands.
///
/// Unchecked, because of the pointer. `curl_multi_wakeup` is the one function of libcurl that
/// any thread may call on a multi handle at any time, as long as the handle exists. It does:
/// the mailbox wakes under its lock, and the loop takes the waker out of the mailbox, under
/// the same lock, before it frees the handle.
struct Waker: @unchecked Sendable {
  private let multi: UnsafeMutableRawPointer

  init(_ multi: UnsafeMutableRawPointer) {
    self.multi = multi
  }

  func wake() {
    curl_multi_wakeup(multi)
  }
}
