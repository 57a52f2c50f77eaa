import PatchbayCore

extension InjectionScheduler {
  /// What a worker does next.
  enum Turn {
    case call(Draft)
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
    private var batches = OpenBatches()
    /// Where the events stand that have been judged and that nobody has taken out yet.
    private var judged: [OpenBatches.Place] = []
    /// How many events are being sent on.
    private var leaving = 0
    private var workers: [ParkedTask] = []
    /// The worker that watches the time for all others, until a call is full or due.
    private var lingering: ParkedTask?
    private var feeder: ParkedTask?
    /// The task that sends on what has been judged.
    private var sender: ParkedTask?

    init(capacity: InjectorCapacity) {
      self.capacity = capacity
      limit = max(512, 2 * capacity.calls * capacity.eventsPerCall)
    }

    // MARK: The feeder

    mutating func mustWaitForRoom(_ task: ParkedTask) -> Bool {
      if case .cut = phase { return false }
      if isRoomy { return false }
      feeder = task
      return true
    }

    private var isRoomy: Bool { graph.count + judged.count + leaving < limit }

    mutating func add(_ batch: TrackedBatch, at now: Timestamp) -> (Bool, [ParkedTask]) {
      if case .cut = phase { return (false, []) }
      let number = batches.add(batch)
      for index in batch.batch.indices {
        let event = batch.batch[index]
        graph.insert(
          OpenBatches.Place(batch: number, index: index),
          agent: key(event.agent, of: batch.batch),
          interaction: key(event.interaction, of: batch.batch),
          at: now)
      }
      return (true, idleWorkers(at: now))
    }

    /// What events of one agent or interaction are found by; nil for those that have none.
    private func key(_ id: EntityID, of batch: EventBatch) -> EntityKey? {
      let key = batch.key(id)
      return key == .text("") ? nil : key
    }

    mutating func close() -> [ParkedTask] {
      if case .open = phase { phase = .closed }
      return idleWorkers(at: nil) + endedSender()
    }

    mutating func cut() -> ([TrackedBatch], [ParkedTask]) {
      phase = .cut
      defer { (workers, lingering, feeder) = ([], nil, nil) }
      let left = batches.withdraw(graph.removeWaiting())
      return (left, workers + [lingering, feeder].compactMap { $0 } + endedSender())
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
      if isChoked { return (.wait(until: nil), []) }
      guard let since = graph.oldestReady else { return (.wait(until: nil), []) }
      if mustLinger(at: now) {
        // One worker watches the time; it is enough for the first call to become due.
        let due = since.advanced(by: capacity.linger)
        return (.wait(until: lingering == nil ? due : nil), [])
      }
      let nodes = graph.takeCall(upTo: capacity.eventsPerCall)
      let places = nodes.compactMap { graph.place(of: $0) }
      if nodes.isEmpty { return (.wait(until: nil), []) }
      let draft = Draft(
        nodes: nodes, places: places, numbers: batches.numbers(of: places),
        excerpts: batches.excerpts(of: places))
      // What is left may be due, or needs another to watch the time.
      return (.call(draft), capacity.linger > .zero ? idleWorkers(at: now) : [])
    }

    /// Whether there is nothing for a worker just now; notes it then.
    mutating func mustWait(_ task: ParkedTask, at now: Timestamp) -> Bool {
      let hasTurn = graph.oldestReady != nil && !(mustLinger(at: now) && lingering != nil)
      if hasTurn && !isChoked || isOver { return false }
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

    mutating func finish(
      _ call: Call, _ judged: EventBatch?, _ unsent: [Int], at now: Timestamp
    ) -> ([TrackedBatch], [ParkedTask]) {
      graph.remove(call.nodes, at: now)
      guard let judged else {
        return (batches.withdraw(call.places), idleWorkers(at: now) + roomyFeeder() + endedSender())
      }
      batches.note(judged, given: call.batch, at: call.places)
      let left = batches.withdraw(unsent.map { call.places[$0] })
      self.judged +=
        unsent.isEmpty
        ? call.places
        : call.places.indices.filter { !unsent.contains($0) }.map { call.places[$0] }
      // The one who has ended a call takes the next itself.
      var woken = idleWorkers(at: now, besides: 1) + roomyFeeder()
      if let sender, !self.judged.isEmpty || hasEnded {
        woken.append(sender)
        self.sender = nil
      }
      return (left, woken)
    }

    private mutating func roomyFeeder() -> [ParkedTask] {
      guard isRoomy, let feeder else { return [] }
      self.feeder = nil
      return [feeder]
    }

    // MARK: The sender

    /// Takes out what has been judged, the events of one agent or interaction in order; nil when nothing
    /// more will be.
    mutating func takeJudged(at now: Timestamp) -> ([TrackedBatch]?, [ParkedTask]) {
      let places = judged
      judged = []
      leaving = places.count
      let woken = idleWorkers(at: now) + roomyFeeder()
      return (places.isEmpty && hasEnded ? nil : batches.withdraw(places), woken)
    }

    mutating func mustWaitForJudged(_ task: ParkedTask) -> Bool {
      guard judged.isEmpty, !hasEnded else { return false }
      sender = task
      return true
    }

    /// Whether nothing is inside and nothing will be.
    private var hasEnded: Bool {
      if case .open = phase { return false }
      return graph.count == 0
    }

    private mutating func endedSender() -> [ParkedTask] {
      guard hasEnded, let sender else { return [] }
      self.sender = nil
      return [sender]
    }

    /// Whether so many events wait to be sent on that whoever comes next must be slower.
    private var isChoked: Bool {
      judged.count >= max(Channel.defaultBatchSize, capacity.calls * capacity.eventsPerCall)
    }

    /// Whether what is ready should wait for more.
    private func mustLinger(at now: Timestamp) -> Bool {
      guard capacity.linger > .zero, case .open = phase, let since = graph.oldestReady,
        graph.readyCount < capacity.eventsPerCall
      else { return false }
      return now < since.advanced(by: capacity.linger)
    }

    /// The workers to wake: as many as there are ready events, or all at the end.
    private mutating func idleWorkers(at now: Timestamp?, besides others: Int = 0) -> [ParkedTask] {
      if isChoked { return [] }
      var woken: [ParkedTask] = []
      if let lingering, now.map({ !mustLinger(at: $0) }) ?? true {
        woken.append(lingering)
        self.lingering = nil
      }
      let idle = workers.suffix(isOver ? workers.count : max(0, graph.readyCount - others))
      workers.removeLast(idle.count)
      return woken + idle
    }
  }
}
