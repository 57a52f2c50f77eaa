import ContactModel
import PatchbayCore

/// Sends steps at their time and gathers those of one moment into batches.
struct ServiceSender: ~Copyable {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  /// Tells when steps are due; nil if nothing is waited for.
  private var keeper: PaceKeeper?
  private let inputs: [InputNumber]
  private var batch: EventBatch
  private var gathered = 0
  /// How many steps have been taken.
  private var sent = 0
  /// The symbols of the states; nil where the run's table has no room.
  private let states: [Symbol?]
  private let type: Symbol?
  private let prefix: [UInt8]
  private let isByLine: Bool
  /// The id that was made last, and of which service: the steps of a service follow each other often.
  private var idBytes: [UInt8]
  private var idNumber = -1
  /// What is due at once is due now: the clock is asked once a batch.
  private var now: Timestamp
  /// When the next step is due.
  private var due: Timestamp

  /// - Parameter origin: the first moment of all, which comes at once.
  init(
    outlet: SourceOutlet, manner: ServiceReplay.Manner, clock: any PipelineClock,
    origin: Timestamp
  ) {
    self.outlet = outlet
    self.clock = clock
    isByLine = manner.isByLine
    prefix = Array("\(manner.prefix)-".utf8)
    idBytes = prefix
    now = clock.now
    due = now
    if case .recorded(let recorded) = manner.pace {
      keeper = PaceKeeper(recorded, start: outlet.startedAt)
      _ = keeper?.due(origin)
    }
    batch = outlet.makeBatch()
    inputs = manner.paths.map { [symbols = batch.symbols] in symbols.input(named: $0) }
    states = ServiceCourse.states.map { [symbols = batch.symbols] in symbols.symbol($0) }
    type = batch.symbols.symbol(AgentState.eventType)
  }

  /// How many steps travel together.
  private static let together = 256

  /// Until when has to be waited before a step is added; nil if it is due.
  mutating func mustWait(for time: Timestamp) -> Timestamp? {
    if gathered == 0 { now = clock.now }
    due = now
    if keeper != nil || sent == outlet.pastEvents {
      now = clock.now
      due = keeper?.due(time) ?? now
      if sent == outlet.pastEvents, sent > 0, now > due {
        // The run was interrupted here: what comes now is as far from the present as it was from then.
        keeper?.postpone(byNanoseconds: now.nanosecondsSince(due))
        due = now
      }
    }
    sent += 1
    return due > now && due > clock.now && sent > outlet.pastEvents ? due : nil
  }

  /// Sends what has gathered, and waits.
  mutating func wait(until time: Timestamp) async throws {
    try await flush()
    try await outlet.wait(until: time)
  }

  /// Adds a step that is due.
  ///
  /// - Returns: whether as many have gathered as travel together.
  mutating func add(
    _ step: ServiceCourse.Step, _ place: Int, of service: Service, at time: Timestamp
  ) -> Bool {
    nameEvent(isByLine ? service.line : service.number, place)
    batch.append(
      Event(
        sequence: batch.intern(idBytes), timestamp: time,
        interaction: step.isOfAgentAlone ? .missing : .uuid(service.interaction),
        agent: .uuid(service.agent),
        state: states[step.state] ?? batch.symbol(ServiceCourse.states[step.state]),
        type: type ?? batch.symbol(AgentState.eventType), intended: due))
    batch.setPlace(of: gathered, input: inputs[service.file], line: service.line)
    gathered += 1
    return gathered >= Self.together
  }

  /// Makes the id of an event: what it begins with, its service's number and its place.
  private mutating func nameEvent(_ number: Int, _ place: Int) {
    if number != idNumber || place > 9 {
      idNumber = place > 9 ? -1 : number
      idBytes.removeLast(idBytes.count - prefix.count)
      idBytes += "\(number)-\(place)".utf8
    } else {
      idBytes[idBytes.count - 1] = UInt8(place) + 0x30
    }
  }

  /// Sends what has gathered.
  mutating func flush() async throws {
    let full = batch
    batch = outlet.makeBatch()
    gathered = 0
    try await outlet.emit(full)
    now = clock.now
  }
}
