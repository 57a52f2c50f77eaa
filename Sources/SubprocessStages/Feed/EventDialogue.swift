import PatchbayCore
import Synchronization

/// The dialogue with the program of a source: it says events, and is told what became of them.
final class EventDialogue: Dialogue {
  private struct State {
    var feed: Feed
    /// Wakes the one who writes to the present start of the program.
    var writer = Bell()
    /// Wakes the one who reads from it.
    var reader = Bell()
    /// The source, while it waits.
    var source: ParkedTask?

    /// The source, if it waits, to be woken: something has changed.
    mutating func takeSource() -> ParkedTask? { source.take() }
  }

  let longestLine: Int
  private let lineReader: EventLineReader
  private let context: StageContext
  private let state: Mutex<State>

  init(_ options: SubprocessSource.Options, in context: StageContext) {
    self.context = context
    longestLine = options.longestLine.bytes
    lineReader = EventLineReader(
      name: context.name, longest: options.longestLine, symbols: context.symbols)
    state = Mutex(State(feed: Feed(options.program, window: options.window)))
  }

  var standing: DialogueStanding { state.withLock { $0.feed.standing } }
  /// Whether it matters what the program says.
  var isListening: Bool { state.withLock { $0.feed.isListening } }
  /// How many batches starts of the program ended without being told of.
  var untoldBatches: Int { state.withLock { $0.feed.untoldBatches } }

  func start() {
    change { state in
      state.feed.begin()
      (state.writer, state.reader) = (Bell(), Bell())
    }
  }

  func makeReader() -> any LineReader { UtteranceReader(self, lineReader, in: context) }

  /// Takes what the program has said, and waits until the source has all of it.
  func hear(_ said: [Utterance], isLast: Bool) async throws(ProtocolViolation) {
    let (reader, source) = try state.withLock { state throws(ProtocolViolation) in
      try state.feed.hear(said, isLast: isLast)
      return (state.reader, state.takeSource())
    }
    source?.resume()
    while state.withLock({ $0.feed.isFull }), await reader.wait() {}
  }

  /// What the program says next; nil when nothing more comes.
  ///
  /// - Throws: why it was given up; `CancellationError` as soon as the task is cancelled.
  func next() async throws -> Utterance? {
    while true {
      try Task.checkCancellation()
      let (step, reader) = state.withLock { ($0.feed.nextStep(), $0.reader) }
      switch step {
      case .emit(let utterance):
        reader.ring()
        return utterance
      case .end: return nil
      case .fail(let error): throw error
      case .waitForRun: try await wait { if case .waitForRun = $0 { true } else { false } }
      case .waitForProgram:
        // Time stands still on the virtual clock meanwhile, as with any I/O.
        try await context.clock.whileWorking {
          try await wait { if case .waitForProgram = $0 { true } else { false } }
        }
      }
    }
  }

  private func wait(_ isAsBefore: (Feed.Step) -> Bool) async throws {
    try await context.clock.parkUnlessCancelled { task in
      state.withLock { state in
        guard isAsBefore(state.feed.upcomingStep) else { return false }
        state.source = task
        return true
      }
    }
  }

  /// Tells the program what became of a batch.
  func settle(_ number: Int, ofStart start: Int, _ settlements: [Settlement]) {
    change { $0.feed.settle(number, ofStart: start, settlements) }
  }

  /// Tells the program that it is to stop.
  func stop() { change { $0.feed.stop() } }

  func complete() { change { $0.feed.complete(at: .now) } }

  func end(_ error: (any Error)?) { change { $0.feed.end(error) } }

  func nextOutput() async -> [UInt8]? {
    while true {
      let (output, writer, source) = state.withLock { state in
        (state.feed.nextOutput(at: .now), state.writer, state.takeSource())
      }
      source?.resume()
      switch output {
      case .bytes(let bytes): return bytes
      case .end: return nil
      case .nothing: if await !writer.wait() { return nil }
      }
    }
  }

  func inputEnded() { change { $0.feed.endInput(at: .now) } }

  func lateness(at now: MonotonicInstant) -> String? {
    state.withLock { $0.feed.lateness(at: now) }
  }

  /// Changes what there is, and wakes whoever may have waited for it.
  private func change(_ body: (inout State) -> Void) {
    let (writer, reader, source) = state.withLock { state in
      body(&state)
      return (state.writer, state.reader, state.takeSource())
    }
    source?.resume()
    reader.ring()
    writer.ring()
  }
}
