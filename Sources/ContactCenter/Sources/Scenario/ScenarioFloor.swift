import DequeModule
import HeapModule
import PatchbayCore

/// Who acts when: agents who go on with their interactions, and interactions that begin by themselves.
///
/// Without arrivals each agent handles one interaction after the other. With them an interaction goes to the agent
/// who has been idle longest; where nobody is, it is dropped.
struct ScenarioFloor {
  /// Whose turn it is, and when.
  struct Turn: Comparable {
    let time: Timestamp
    let agent: UInt32

    /// The earliest first, and of those at the same time the first agent.
    static func < (one: Turn, other: Turn) -> Bool {
      one.time == other.time ? one.agent < other.agent : one.time < other.time
    }
  }

  private let script: ScenarioScript
  private let start: Timestamp
  private var agents: [ScenarioAgent]
  private var turns: Heap<Turn>
  private var arrivals: ArrivalTimes?
  /// When the next interaction begins; nil without one.
  private var arrival: Timestamp?
  /// When no more begins, in the open forms.
  private let end: Timestamp
  private var idle: Deque<UInt32> = []
  /// How many interactions have begun by themselves, or were dropped.
  private var arrived = 0
  /// What became of the interactions so far.
  private(set) var tally = ScenarioTally()

  /// - Parameter arrivals: when interactions begin; nil if each agent begins its own.
  init(_ script: ScenarioScript, agents count: Int, start: Timestamp, arrivals: ArrivalTimes?) {
    self.script = script
    self.start = start
    self.arrivals = arrivals
    end = start.advanced(byNanoseconds: arrivals?.end ?? 0)
    agents = (0..<count).map { ScenarioAgent(index: $0, of: script) }
    turns = []
    let isOpen = arrivals != nil
    if isOpen, !script.attends {
      idle = Deque((0..<count).map { UInt32($0) })
    } else {
      for index in agents.indices {
        if isOpen {
          agents[index].begin(script.attendance(of: index, isComing: true), at: start)
        } else {
          begin(script.interaction(0, of: index), index, at: start)
        }
      }
      turns = Heap(agents.indices.map { Turn(time: start, agent: UInt32($0)) })
    }
    takeArrival()
  }

  /// Whose turn comes next; interactions begin that come before it.
  var next: Turn? {
    mutating get {
      while let arrival, turns.min.map({ arrival < $0.time }) ?? true {
        beginNext(at: arrival)
        takeArrival()
      }
      return turns.min
    }
  }

  /// Appends the event whose turn it is.
  func append(_ turn: Turn, to batch: inout EventBatch, number: Int, at time: Timestamp) {
    agents[Int(turn.agent)].append(to: &batch, number: number, at: time, of: script)
  }

  /// Lets the agent go on whose turn it was.
  mutating func advance(_ turn: Turn) {
    let index = Int(turn.agent)
    if agents[index].step(of: script) || beginNext(index) {
      turns.replaceMin(with: Turn(time: agents[index].nextTime, agent: turn.agent))
    } else {
      turns.removeMin()
    }
  }

  /// Whether an agent who has finished what it did begins something else by itself.
  private mutating func beginNext(_ index: Int) -> Bool {
    if arrivals == nil {
      let handled = agents[index].handled
      guard handled < script.interactionsPerAgent else { return false }
      let next = script.interaction(handled, of: index)
      let dwell = script.dwell(next.key, at: 0)
      begin(next, index, at: agents[index].nextTime.advanced(byNanoseconds: dwell))
      return true
    }
    if arrival == nil { return leave(index) }
    idle.append(UInt32(index))
    return false
  }

  private mutating func takeArrival() {
    guard let moment = arrivals?.next() else {
      let wasOpen = arrival != nil
      arrival = nil
      if wasOpen { letIdleLeave() }
      return
    }
    arrival = start.advanced(byNanoseconds: moment)
  }

  private mutating func beginNext(at time: Timestamp) {
    let number = arrived
    arrived += 1
    guard let agent = idle.popFirst() else {
      tally.dropped += 1
      return
    }
    begin(script.interaction(arriving: number), Int(agent), at: time)
    turns.insert(Turn(time: time, agent: agent))
  }

  private mutating func begin(
    _ interaction: ScenarioScript.Interaction, _ index: Int, at time: Timestamp
  ) {
    tally.begun += 1
    if script.hasMisstep(interaction) { tally.illegal += 1 }
    agents[index].begin(interaction, at: time)
  }

  // MARK: Leaving

  private mutating func letIdleLeave() {
    for agent in idle where leave(Int(agent)) {
      turns.insert(Turn(time: agents[Int(agent)].nextTime, agent: agent))
    }
    idle.removeAll()
  }

  /// Lets an agent leave once nothing more begins; false if it does so without a word.
  private mutating func leave(_ index: Int) -> Bool {
    guard script.attends, !agents[index].isLeaving else { return false }
    let departure = script.attendance(of: index, isComing: false)
    let free = max(end, agents[index].nextTime)
    agents[index].begin(
      departure, at: free.advanced(byNanoseconds: script.dwell(departure.key, at: 0)))
    agents[index].isLeaving = true
    return true
  }
}
