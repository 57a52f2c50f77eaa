import PatchbayCore

extension InjectionScheduler {
  /// What a worker does next.
  enum Turn {
    case call(Call)
    /// There won't be anything.
    case over
    /// It waits; until a time, if events are ready that others may come to share a call with.
    case wait(until: Timestamp?)
  }

  /// The events inside and who waits for them.
  ///
  /// The functions return whom to wake, which is done outside of the lock.
  struct State {
    private enum Phase {
      /// Events come. Next: closed, cut.
      case open
      /// No more come; what is inside goes out. Next: cut.
      case closed
      /// Nothing goes out any more. Last.
      case cut
    }

    private let capacity: InjectorCapacity
    private let limit: Int
    private var phase = Phase.open
    private var graph = DependencyGraph()
    private var workers: [ParkedTask] = []
    /// The worker that watches the time for all others, until a call is full or due.
    private var lingering: ParkedTask?
    private var feeder: ParkedTask?

    init(capacity: InjectorCapacity) {
      self.capacity = capacity
      limit = max(512, 2 * capacity.calls * capacity.eventsPerCall)
    }

    // MARK: The feeder

    mutating func mustWaitForRoom(_ task: ParkedTask) -> Bool {
      if case .cut = phase { return false }
      if graph.count < limit { return false }
      feeder = task
      return true
    }

    mutating func add(_ batch: TrackedBatch, at now: Timestamp) -> (Bool, [ParkedTask]) {
      if case .cut = phase { return (false, []) }
      for index in batch.batch.indices { graph.insert(index, of: batch, at: now) }
      return (true, idleWorkers(at: now))
    }

    mutating func close() -> [ParkedTask] {
      if case .open = phase { phase = .closed }
      return idleWorkers(at: nil)
    }

    mutating func cut() -> ([TrackedBatch], [ParkedTask]) {
      phase = .cut
      defer { (workers, lingering, feeder) = ([], nil, nil) }
      return (graph.removeWaiting(), workers + [lingering, feeder].compactMap { $0 })
    }

    // MARK: The workers

    private var isOver: Bool {
      switch phase {
      case .open: false
      case .closed: graph.count == 0
      case .cut: true
      }
    }

    mutating func turn(at now: Timestamp) -> (Turn, [ParkedTask]) {
      if isOver { return (.over, []) }
      guard let since = graph.oldestReady else { return (.wait(until: nil), []) }
      if mustLinger(at: now) {
        // One worker watches the time; it is enough for the first call to become due.
        let due = since.advanced(by: capacity.linger)
        return (.wait(until: lingering == nil ? due : nil), [])
      }
      guard let call = graph.takeCall(upTo: capacity.eventsPerCall) else {
        return (.wait(until: nil), [])
      }
      // What is left may be due, or needs another to watch the time.
      return (.call(call), capacity.linger > .zero ? idleWorkers(at: now) : [])
    }

    /// Whether there is nothing for a worker just now; notes it then.
    mutating func mustWait(_ task: ParkedTask, at now: Timestamp) -> Bool {
      let hasTurn = graph.oldestReady != nil && !(mustLinger(at: now) && lingering != nil)
      if hasTurn || isOver { return false }
      workers.append(task)
      return true
    }

    /// Whether a worker still has to watch the time; notes it then.
    mutating func mustLinger(_ task: ParkedTask, at now: Timestamp) -> Bool {
      if isOver || lingering != nil || !mustLinger(at: now) { return false }
      lingering = task
      return true
    }

    /// A worker doesn't watch the time any more; another may have begun to.
    mutating func endLinger(_ task: ParkedTask?) {
      if lingering === task { lingering = nil }
    }

    mutating func finish(_ call: Call, at now: Timestamp) -> [ParkedTask] {
      graph.remove(call.nodes, at: now)
      var woken = idleWorkers(at: now)
      if graph.count < limit, let feeder {
        woken.append(feeder)
        self.feeder = nil
      }
      return woken
    }

    /// Whether what is ready should wait for more.
    private func mustLinger(at now: Timestamp) -> Bool {
      guard capacity.linger > .zero, case .open = phase, let since = graph.oldestReady,
        graph.readyCount < capacity.eventsPerCall
      else { return false }
      return now < since.advanced(by: capacity.linger)
    }

    /// The workers to wake: as many as there are ready events, or all at the end.
    private mutating func idleWorkers(at now: Timestamp?) -> [ParkedTask] {
      var woken: [ParkedTask] = []
      if let lingering, now.map({ !mustLinger(at: $0) }) ?? true {
        woken.append(lingering)
        self.lingering = nil
      }
      let idle = workers.suffix(isOver ? workers.count : graph.readyCount)
      workers.removeLast(idle.count)
      return woken + idle
    }
  }
}
