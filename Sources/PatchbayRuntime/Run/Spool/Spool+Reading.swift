import PatchbayCore
import Synchronization

// What waits is given out in order, and comes back with what the sink has made of it.

extension Spool {
  /// Events that the sink is to take.
  struct Item: Sendable {
    let mark: SpoolMark
    /// When they were kept, in real time.
    let time: Timestamp
    /// Those of the frame that aren't done with.
    let batch: EventBatch
    /// Their positions in the frame.
    let positions: [Int]
    /// How many events the frame holds.
    let count: Int
  }

  /// The next events, in order; waits while there are none, on the run's clock.
  ///
  /// Called by one task.
  ///
  /// - Returns: nil behind the last.
  /// - Throws: `UnreadableInput` with file and place, where the spool is damaged.
  func next(_ symbols: SymbolTable) async throws -> [Item]? {
    while true {
      switch state.withLock({ $0.step() }) {
      case .end: return nil
      case .wait:
        await clock.park { task in
          state.withLock { state in
            guard case .wait = state.step() else { return false }
            state.reader = task
            return true
          }
        }
      case .read(let place, let end):
        let (items, next) = try await reading.run { [self] in
          try read(from: place, upTo: end, symbols)
        }
        state.withLock { state in
          state.place.offset = next
          for item in items { state.open.insert(item.mark) }
        }
        if items.isEmpty { removeWhatIsDone() } else { return items }
      }
    }
  }

  /// Gives out once more what was given out and isn't done with, and what is behind it; nobody may have any of
  /// it by now.
  func rewind() {
    state.withLock { state in
      state.place = state.start
      state.open = []
    }
  }

  /// Gives nothing more out: what wasn't given out stays for the next run.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      return state.takeReader()
    }?.resume()
  }

  /// Reads some frames; where the next one begins comes with them.
  private func read(
    from place: SpoolMark, upTo end: Int, _ symbols: SymbolTable
  ) throws -> ([Item], Int) {
    let receipts = state.withLock { $0.receipts }
    let file = try SpoolSegments.open(place.segment, in: path)
    var reader = try file.reader(from: place.offset, upTo: end, chunk: Self.chunk)
    var items: [Item] = []
    while reader.offset - place.offset < Self.chunk, let frame = try reader.next() {
      let mark = SpoolMark(segment: place.segment, offset: frame.offset)
      do {
        guard case .kept(let events) = try SpoolEntry(frame.content), !receipts.isDone(mark) else {
          continue
        }
        let batch = try events.batch(symbols)
        let done = receipts.done(at: mark)
        let positions = batch.indices.filter { !done.contains($0) }
        items.append(
          Item(
            mark: mark, time: events.time,
            batch: done.isEmpty ? batch : batch.extract(positions), positions: positions,
            count: batch.count))
      } catch {
        throw UnreadableInput(
          "\(path)/\(SpoolSegments.name(of: place.segment)): can't make sense of the entry at byte "
            + "\(frame.offset)")
      }
    }
    // What a kill has torn at the end of a segment was never kept.
    return (items, reader.isTorn ? end : reader.offset)
  }

  /// Notes what is done with of what was given out, so that no run gives it out again.
  ///
  /// - Parameters:
  ///   - item: what was given out.
  ///   - done: positions in its batch; those left out wait for the next run.
  func settle(_ item: Item, done: [Int]) {
    let schedules = state.withLock { state in
      if done.count == item.positions.count {
        state.receipts.finish(item.mark, to: &state.pending)
        state.open.remove(item.mark)
      } else {
        state.receipts.finish(
          done.map { item.positions[$0] }, of: item.mark, to: &state.pending)
      }
      return state.schedules()
    }
    if schedules { writing.begin { self.writeReceipts() } }
  }
}
