import Logging
import PatchbayCore
import Subprocess
import Synchronization

/// Keeps a program running, takes batches to it and its answers back.
///
/// A program that dies, stops answering or breaks the protocol is killed and started again, and gets
/// every batch once more that it didn't answer; nothing else counts as answered.
final class Program: Sendable {
  private struct State {
    var exchange = Exchange()
    /// Wakes the one who writes to the present start of the program.
    var bell: AsyncStream<Void>.Continuation?
    var hasGreeted = false
    var inputHasEnded = false
    var lastWords = ""
    var restarts = 0
    var lastReason = ""
  }

  private let options: ProgramOptions
  private let greeting: [UInt8]
  private let logger: Logger
  private let state = Mutex(State())
  private let greeted: AsyncThrowingStream<Void, any Error>
  private let hasGreeted: AsyncThrowingStream<Void, any Error>.Continuation
  private let ended: AsyncStream<Void>
  private let hasEnded: AsyncStream<Void>.Continuation

  /// Makes one that is started beside the run.
  init(_ options: ProgramOptions, as role: StageRole, in context: StageContext) {
    self.options = options
    greeting = Request.greeting(role, context)
    logger = context.logger
    (greeted, hasGreeted) = AsyncThrowingStream.makeStream()
    (ended, hasEnded) = AsyncStream.makeStream()
    BrokenPipe.becomesAnError()
    context.startBackgroundWork { await self.run() }
  }

  /// How often it was started again.
  var restarts: Int { state.withLock { $0.restarts } }
  /// How many events were sent to it more than once.
  var resentEvents: Int { state.withLock { $0.exchange.resentEvents } }
  /// Why it was last started again; empty if it never was.
  var lastReason: String { state.withLock { $0.lastReason } }

  /// Waits until it has greeted.
  ///
  /// - Throws: `PipelineError` if it doesn't.
  func waitForGreeting() async throws {
    for try await _ in greeted { return }
    throw CancellationError()
  }

  /// Hands over a batch, as lines, and returns what waits for its answer.
  func send(
    _ lines: [UInt8], count: Int
  ) -> @Sendable () async throws -> Answer.Acknowledgement {
    let (answers, answer) = AsyncThrowingStream.makeStream(of: Answer.Acknowledgement.self)
    state.withLock { state in
      state.exchange.add(lines, count: count, answer)
      state.bell?.yield()
    }
    return {
      for try await answer in answers { return answer }
      throw CancellationError()
    }
  }

  /// Ends its input, and waits until it has ended.
  ///
  /// - Throws: `PipelineError` if it didn't end well.
  func close() async throws {
    state.withLock { state in
      state.exchange.complete()
      state.bell?.yield()
    }
    for await _ in ended {}
    let failure = state.withLock { $0.exchange.errorWasTold ? nil : $0.exchange.failure }
    if let failure { throw failure }
  }

  /// Starts it, and again when it fails, until its input has ended or it fails too often.
  ///
  /// The program is killed when the task is cancelled.
  private func run() async {
    var failures = 0
    while true {
      let end = await runOnce()
      let hasAnswered = state.withLock { $0.exchange.hasAnswered }
      failures = hasAnswered ? 1 : failures + 1
      guard let pause = handle(end, failures: failures) else { break }
      if (try? await RealClock().sleep(for: pause)) == nil { break }
    }
    state.withLock { $0.exchange.end(nil) }
    hasGreeted.finish()
    hasEnded.finish()
  }

  /// Decides what follows an end.
  ///
  /// - Returns: how long to wait before it is started again; nil if it isn't.
  private func handle(_ end: ProgramEnd, failures: Int) -> Duration? {
    let (unanswered, isComplete, hasGreeted, lastWords) = state.withLock { state in
      (state.exchange.unanswered, state.exchange.isComplete, state.hasGreeted, state.lastWords)
    }
    if Task.isCancelled || isComplete && unanswered == 0 && end.isClean { return nil }
    var reason = "\(options.command[0]) \(end.description)"
    if unanswered > 0 {
      reason += ", with \(unanswered) \(unanswered == 1 ? "batch" : "batches") unanswered"
    }
    if !lastWords.isEmpty { reason += " (its last words: \(lastWords.prefix(200)))" }
    guard hasGreeted, !isComplete else {
      let error = PipelineError(reason)
      self.hasGreeted.finish(throwing: error)
      finish(with: error)
      return nil
    }
    guard failures <= options.restarts else {
      let story =
        failures == 1
        ? "it is not started again" : "it failed \(failures) times without answering in between"
      finish(with: DeliveryError(rejected: "\(reason); \(story)"))
      return nil
    }
    logger.warning("\(reason); starting it again (\(failures) of \(options.restarts))")
    state.withLock { state in
      state.restarts += 1
      state.lastReason = reason
    }
    return .milliseconds(100 << min(failures - 1, 6))
  }

  private func finish(with error: any Error) {
    state.withLock { $0.exchange.end(error) }
  }
}

extension Program {
  /// What one of the tasks that deal with a running program has come to.
  private enum Turn: Sendable {
    case done
    case outputEnded
    case fault(String)
  }

  private typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  /// Runs the program once.
  private func runOnce() async -> ProgramEnd {
    let (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    state.withLock { state in
      state.exchange.start(at: .now)
      state.inputHasEnded = false
      state.lastWords = ""
      state.bell = bell
    }
    do {
      let result = try await Subprocess.run(
        options.configuration, input: .inputWriter, output: .sequence, error: .sequence
      ) { await converse($0, rings) }
      return ProgramEnd(result.terminationStatus, after: result.closureResult)
    } catch {
      return ProgramEnd(error)
    }
  }

  /// Deals with a running program until it has ended, or has to be ended.
  ///
  /// - Returns: what it did wrong.
  private func converse(_ running: Running, _ rings: AsyncStream<Void>) async -> String? {
    await withTaskGroup(of: Turn.self) { group in
      group.addTask { await self.write(to: running.standardInputWriter, rings) }
      group.addTask { await self.read(running.standardOutput) }
      group.addTask { await self.log(running.standardError) }
      group.addTask { await self.watch() }
      var fault: String?
      turns: for await turn in group {
        switch turn {
        case .done: continue
        case .outputEnded:
          fault = await waitForEnd(of: running)
          break turns
        case .fault(let text):
          fault = text
          await running.teardown(using: Self.teardown)
          break turns
        }
      }
      group.cancelAll()
      return fault
    }
  }

  /// Waits until a program that has closed its output has ended; ends it if that takes too long.
  ///
  /// - Returns: what it did wrong.
  private func waitForEnd(of running: Running) async -> String? {
    let start = MonotonicInstant.now
    // Signal 0 is none: this only waits.
    let wait = TeardownStep.send(
      signal: Signal(rawValue: 0), toProcessGroup: false, allowedDurationToNextStep: options.grace)
    await running.teardown(using: [wait] + Self.teardown)
    let hasWaited = start.elapsedNanoseconds >= options.grace.wholeNanoseconds
    return hasWaited
      ? "closed its output, and did not end within \(options.grace.optionText)" : nil
  }

  /// What ends a program that may not go on, and whatever it has started.
  static let teardown: [TeardownStep] = [
    .send(
      signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
  ]

  private func write(
    to writer: StandardInputWriter, _ rings: AsyncStream<Void>
  ) async -> Turn {
    do {
      _ = try await writer.write(greeting)
      var rings = rings.makeAsyncIterator()
      while true {
        let output = state.withLock { state in
          let output = state.exchange.nextOutput(at: .now)
          state.inputHasEnded = output == .end
          return output
        }
        switch output {
        case .bytes(let bytes): _ = try await writer.write(bytes)
        case .nothing: if await rings.next() == nil { return .done }
        case .end:
          try await writer.finish()
          return .done
        }
      }
    } catch {
      // It has closed its input. What is behind that, its output or its end will tell.
      return .done
    }
  }

  private func read(_ output: SubprocessOutputSequence) async -> Turn {
    var splitter = LineSplitter(longest: Answer.longest)
    do {
      for try await buffer in output {
        for line in splitter.lines(in: buffer.withUnsafeBytes { Array($0) }) {
          guard let bytes = line.bytes else {
            return .fault("wrote a line of more than \(Answer.longest) bytes")
          }
          try receive(try Answer(line: bytes))
        }
      }
      return .outputEnded
    } catch let violation as ProtocolViolation {
      return .fault("\(violation)")
    } catch {
      return .fault("could not be read from: \(error)")
    }
  }

  private func receive(_ answer: Answer) throws(ProtocolViolation) {
    let isGreeting = try state.withLock { state throws(ProtocolViolation) in
      let isGreeting = try state.exchange.receive(answer, at: .now)
      if isGreeting {
        state.hasGreeted = true
        state.bell?.yield()
      }
      return isGreeting
    }
    if isGreeting {
      hasGreeted.yield()
      hasGreeted.finish()
    }
  }

  private func log(_ output: SubprocessOutputSequence) async -> Turn {
    var errors = ErrorOutput(to: logger)
    do {
      for try await buffer in output { errors.take(buffer.withUnsafeBytes { Array($0) }) }
    } catch {
      logger.warning("standard error could not be read: \(error)")
    }
    errors.finish()
    let lastWords = errors.lastWords
    state.withLock { $0.lastWords = lastWords }
    return .done
  }

  /// Returns when the program has been waited for too long.
  ///
  /// In real time, also on a virtual clock: the program lives in real time.
  private func watch() async -> Turn {
    let interval = min(options.timeout, options.grace) / 4
    while (try? await RealClock().sleep(for: interval)) != nil {
      let lateness = state.withLock {
        $0.exchange.lateness(at: .now, options, inputHasEnded: $0.inputHasEnded)
      }
      if let lateness { return .fault(lateness) }
    }
    return .done
  }
}
