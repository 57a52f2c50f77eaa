import CLibcurl

/// Carries out requests with libcurl's multi handle, on a thread of its own.
///
/// It is made, used and freed on that thread; the others reach it through the ``Mailbox``.
final class TransferLoop {
  /// The longest wait; it has no purpose but to be finite.
  private static let longestWait: Duration = .seconds(60)
  /// How often commands are looked for before the transfers go on.
  private static let rounds = 4

  private let mailbox: Mailbox
  private let configuration: HTTPClientConfiguration
  private let multi: UnsafeMutableRawPointer
  /// Every request that has no outcome yet.
  ///
  /// Those with a handle are in the multi handle.
  private var transfers: [UInt64: Transfer] = [:]
  private var slots: HostSlots
  /// Requests that have a slot and no handle yet.
  private var ready: [UInt64] = []
  private var deadlines = DeadlineQueue()
  private var idleHandles: [EasyHandle] = []

  /// Nil if libcurl has no memory for it.
  init?(_ mailbox: Mailbox, _ configuration: HTTPClientConfiguration) {
    guard let multi = curl_multi_init() else { return nil }
    self.mailbox = mailbox
    self.configuration = configuration
    self.multi = multi
    slots = HostSlots(limit: mailbox.connectionsPerHost)
    // By default libcurl closes idle connections as soon as they outnumber the requests four to
    // one, so that a pause costs all of them.
    let kept = 4 * min(mailbox.connectionsPerHost, 4096)
    clibcurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, kept)
    mailbox.install(Waker(multi))
  }

  deinit {
    mailbox.removeWaker()
    curl_multi_cleanup(multi)
  }

  /// Works until the mailbox says to stop, then fails what is left.
  func run() {
    while carryOutCommands() {
      startReady()
      var running: Int32 = 0
      check(curl_multi_perform(multi, &running))
      endFinished()
      endExpired()
      // Handles that are added now make the poll return at once.
      startReady()
      let wait = mailbox.beginWait() ? nextWait().wholeMilliseconds : 0
      check(curl_multi_poll(multi, nil, 0, Int32(wait), nil))
    }
    for id in transfers.keys.sorted() {
      guard let transfer = transfers[id] else { continue }
      end(transfer, .failure(transfer.error(.closed, "the client was shut down")))
    }
  }

  /// Does what the mailbox has; false if it says to stop.
  ///
  /// Steps of tasks leave new requests, which are taken up at once, and perhaps further steps without
  /// end: after some rounds the transfers' turn has come.
  private func carryOutCommands() -> Bool {
    for _ in 0..<Self.rounds {
      let batch = mailbox.takeBatch()
      for command in batch.commands {
        switch command {
        case .add(let submission): add(Transfer(submission))
        case .cancel(let id): cancel(id)
        case .run(let job): mailbox.run(job)
        }
      }
      if batch.isStopping { return false }
      if batch.commands.isEmpty { break }
    }
    return true
  }

  private func add(_ transfer: Transfer) {
    transfers[transfer.id] = transfer
    deadlines.insert(transfer.id, at: transfer.submission.deadline)
    transfer.hasSlot = slots.claim(transfer.request.url.origin, for: transfer.id)
    if transfer.hasSlot { ready.append(transfer.id) }
  }

  private func cancel(_ id: UInt64) {
    guard let transfer = transfers[id] else { return }
    end(transfer, .failure(transfer.error(.cancelled, "the request was cancelled")))
  }

  /// Gives the requests whose turn it is to libcurl.
  ///
  /// Ones that fail make others ready.
  private func startReady() {
    while !ready.isEmpty {
      let ids = ready
      ready.removeAll(keepingCapacity: true)
      for id in ids {
        guard let transfer = transfers[id], let problem = start(transfer) else { continue }
        end(transfer, .failure(transfer.error(.other, problem)))
      }
    }
  }

  /// Gives a request to libcurl.
  ///
  /// Returns what is wrong if that is not possible.
  private func start(_ transfer: Transfer) -> String? {
    guard let handle = idleHandles.popLast() ?? EasyHandle() else {
      return "no memory for the request"
    }
    transfer.handle = handle
    let prepared = handle.prepare(for: transfer, configuration)
    guard prepared == CURLE_OK else {
      return "libcurl refused an option: \(handle.explanation(of: prepared))"
    }
    let added = curl_multi_add_handle(multi, handle.pointer)
    guard added == CURLM_OK else {
      return "libcurl refused the request: \(String(cString: curl_multi_strerror(added)))"
    }
    return nil
  }

  /// Ends a request, in whatever state it is.
  ///
  /// - Parameter isComplete: whether libcurl came to the end of the exchange without a failure.
  private func end(
    _ transfer: Transfer, _ outcome: Result<HTTPResponse, HTTPError>, isComplete: Bool = false
  ) {
    transfers[transfer.id] = nil
    if let handle = transfer.handle {
      // This closes the connection unless the exchange on it is complete.
      curl_multi_remove_handle(multi, handle.pointer)
      handle.recycle(isComplete: isComplete)
      if idleHandles.count < mailbox.connectionsPerHost {
        idleHandles.append(handle)
      }
    }
    let origin = transfer.request.url.origin
    if transfer.hasSlot {
      if let next = slots.release(origin), let waiting = transfers[next] {
        waiting.hasSlot = true
        ready.append(next)
      }
    } else {
      slots.withdraw(origin, transfer.id)
    }
    transfer.submission.continuation.resume(returning: outcome)
  }

  /// Ends the requests that libcurl is done with.
  private func endFinished() {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(multi, &remaining) {
      // The message is libcurl's and is gone once the handle is removed.
      let (kind, result) = (message.pointee.msg, message.pointee.data.result)
      guard
        kind == CURLMSG_DONE, let handle = message.pointee.easy_handle,
        let transfer = TransferCallbacks.transfer(of: handle)
      else { continue }
      end(transfer, transfer.outcome(of: result), isComplete: result == CURLE_OK)
    }
  }

  /// Ends the requests whose time is up.
  private func endExpired() {
    let now = ContinuousClock.now
    while let id = deadlines.popExpired(now: now) {
      guard let transfer = transfers[id] else { continue }
      end(transfer, .failure(transfer.timeout()))
    }
    // The deadlines of requests that have ended may outnumber the others, within bounds.
    if deadlines.count > 2 * transfers.count + 1024 {
      deadlines.removeAll { transfers[$0] == nil }
    }
  }

  private func nextWait() -> Duration {
    guard let earliest = deadlines.earliest else { return Self.longestWait }
    return min(earliest - .now, Self.longestWait)
  }

  /// Fails all requests in the multi handle if it failed as a whole.
  private func check(_ result: CURLMcode) {
    guard result != CURLM_OK else { return }
    let problem = "libcurl failed: \(String(cString: curl_multi_strerror(result)))"
    for id in transfers.keys.sorted() {
      guard let transfer = transfers[id], transfer.handle != nil else { continue }
      end(transfer, .failure(transfer.error(.other, problem)))
    }
  }
}
