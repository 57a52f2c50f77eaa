import PatchbayCore
import Synchronization

/// The dialogue with the program of a sink or a validator: it gets batches and answers them.
///
/// Each start of the program gets every batch once more that wasn't answered; nothing else counts as
/// answered.
final class BatchDialogue: Dialogue {
  private struct State {
    var exchange: Exchange
    /// Wakes the one who writes to the present start of the program.
    var writer = Bell()
  }

  private let state: Mutex<State>

  init(_ patience: ProgramOptions) {
    state = Mutex(State(exchange: Exchange(patience)))
  }

  var longestLine: Int { Answer.longest }
  var standing: DialogueStanding { state.withLock { $0.exchange.standing } }
  /// How many events were sent to it more than once.
  var resentEvents: Int { state.withLock { $0.exchange.resentEvents } }

  /// Hands over a batch, as lines, and returns what waits for its answer.
  func send(_ lines: [UInt8], count: Int) -> @Sendable () async throws -> Answer {
    let (answers, waiting) = AsyncThrowingStream.makeStream(of: Answer.self)
    let (reply, writer) = state.withLock { state in
      (state.exchange.add(lines, count: count, waiting), state.writer)
    }
    reply?.give()
    writer.ring()
    return {
      for try await answer in answers { return answer }
      throw CancellationError()
    }
  }

  func start() {
    state.withLock { state in
      state.exchange.start()
      state.writer = Bell()
    }
  }

  func makeReader() -> any LineReader { AnswerReader(dialogue: self) }

  func nextOutput() async -> [UInt8]? {
    while true {
      let (output, writer) = state.withLock { state in
        (state.exchange.nextOutput(at: .now), state.writer)
      }
      switch output {
      case .bytes(let bytes): return bytes
      case .end: return nil
      case .nothing: if await !writer.wait() { return nil }
      }
    }
  }

  /// Nothing to do: what it had to read it has to answer, whatever it did with its input.
  func inputEnded() {}

  func lateness(at now: MonotonicInstant) -> String? {
    state.withLock { $0.exchange.lateness(at: now) }
  }

  func complete() {
    let writer = state.withLock { state in
      state.exchange.complete()
      return state.writer
    }
    writer.ring()
  }

  func end(_ error: (any Error)?) {
    for reply in state.withLock({ $0.exchange.end(error) }) { reply.give() }
  }

  fileprivate func receive(_ answer: Answer) throws(ProtocolViolation) {
    let reply = try state.withLock { state throws(ProtocolViolation) in
      try state.exchange.receive(answer, at: .now)
    }
    reply.give()
  }
}

/// Takes what a program answers.
private struct AnswerReader: LineReader {
  let dialogue: BatchDialogue

  func take(_ lines: ArraySlice<LineSplitter.Line>) async throws(ProtocolViolation) {
    for line in lines {
      guard let bytes = line.bytes else { throw ProtocolViolation(lineOver: Answer.longest) }
      try dialogue.receive(try Answer(line: Array(bytes)))
    }
  }

  /// Nothing: whether all went well is seen by the batches that it has answered.
  func complaint(about rest: LineSplitter.Line?) -> String? { nil }
}
