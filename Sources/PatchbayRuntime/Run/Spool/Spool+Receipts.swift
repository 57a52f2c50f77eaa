import PatchbayCore
import Synchronization

// What is done with is written down, and what nothing is left of is removed.

extension Spool {
  /// Writes down what is done with; on the thread that writes.
  func writeReceipts() {
    let (bytes, file) = state.withLock { state -> ([UInt8], RecordFile?) in
      state.isScheduled = false
      guard let file = state.receiptFile else { return ([], nil) }
      defer { state.pending = [] }
      return (state.pending, file)
    }
    // One that isn't written down is given out once more, after a kill; `close` tries it again.
    try? file?.appendNow([bytes])
    removeSegments()
  }

  func removeWhatIsDone() { writing.begin { self.removeSegments() } }

  /// Removes segments of which nothing is left; on the thread that writes.
  private func removeSegments() {
    let gone = state.withLock { state -> [Int] in
      if state.keepsAll { return [] }
      let start = state.start
      let gone = state.lengths.keys.filter { number in
        number < start.segment && number != state.active?.number
      }
      for number in gone { state.lengths[number] = nil }
      return gone
    }
    for number in gone { lock.remove(SpoolSegments.name(of: number)) }
  }

  /// Makes the file of receipts anew if it has grown.
  ///
  /// Called by the task that reads.
  func compact() async throws {
    let length = state.withLock { $0.receiptFile?.length ?? 0 }
    if length > Self.receiptsLength { try await rewriteReceipts() }
  }

  func rewriteReceipts() async throws {
    let path = "\(path)/\(SpoolReceipts.fileName)"
    try await writing.run { [self] in
      let bytes = state.withLock { state in
        state.receipts.setStart(state.start)
        state.receiptFile = nil
        state.pending = []
        return state.receipts.bytes
      }
      try WholeFile.writeDurably(bytes, to: path)
    }
    let file = try await RecordFile.open(path, .append)
    let schedules = state.withLock { state in
      state.receiptFile = file
      return !state.pending.isEmpty && state.schedules()
    }
    if schedules { writing.begin { self.writeReceipts() } }
  }

  /// Ends the segment that is written, and writes down what is done with.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func close() async throws {
    if state.withLock({ $0.keepsAll || !$0.isDone }) {
      // First what counts: an end that isn't marked costs nothing.
      try await rewriteReceipts()
      if let active = state.withLock({ $0.active }) { try await seal(active.file) }
    }
    if state.withLock({ !$0.keepsAll }) { try await release() }
  }

  /// Removes what is done with, once the run has ended for good; a spool of which nothing is left leaves no
  /// file behind.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func release() async throws {
    try await writing.run { [self] in
      state.withLock { $0.keepsAll = false }
      removeSegments()
      if state.withLock({ $0.isDone }) { try removeAll() }
    }
    state.withLock { $0.receiptFile = nil }
  }

  private func removeAll() throws {
    let numbers = state.withLock { state in
      defer { (state.lengths, state.active, state.receiptFile) = ([:], nil, nil) }
      return state.lengths.keys.sorted()
    }
    for number in numbers { lock.remove(SpoolSegments.name(of: number)) }
    // Behind the segments: without it they would be given out again.
    try lock.synchronize()
    lock.remove(SpoolReceipts.fileName)
  }
}
