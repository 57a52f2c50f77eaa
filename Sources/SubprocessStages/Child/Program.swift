import Logging
import PatchbayCore
import Synchronization

/// Keeps a program running that somebody has a dialogue with.
///
/// A program that dies, is late or breaks the protocol is killed and started again; what the next
/// start is told is the dialogue's affair.
final class Program<Talk: Dialogue>: Sendable {
  let options: ProgramOptions
  let dialogue: Talk
  let greeting: [UInt8]
  let logger: Logger
  let state = Mutex(ProgramState())
  private let greeted: AsyncThrowingStream<Void, any Error>
  private let hasGreeted: AsyncThrowingStream<Void, any Error>.Continuation

  /// Makes one that is started beside the run.
  init(
    _ options: ProgramOptions, as role: StageRole, in context: StageContext, _ dialogue: Talk
  ) {
    self.options = options
    self.dialogue = dialogue
    greeting = Greeting.line(role, context)
    logger = context.logger
    (greeted, hasGreeted) = AsyncThrowingStream.makeStream()
    BrokenPipe.becomesAnError()
    context.startBackgroundWork { await self.run() }
  }

  /// How often it was started again.
  var restarts: Int { state.withLock { $0.restarts } }
  /// Why it was last started again; empty if it never was.
  var lastReason: String { state.withLock { $0.lastReason } }

  /// Waits until it has greeted.
  ///
  /// - Throws: `PipelineError` if it doesn't; `CancellationError` as soon as the task is cancelled.
  func waitForGreeting() async throws {
    for try await _ in greeted { return }
    throw CancellationError()
  }

  /// Ends its input, and waits until it has ended; when the task is cancelled, not for long.
  ///
  /// - Throws: `PipelineError` if it didn't end well, `CancellationError` if there was no time for it.
  func close() async throws {
    dialogue.complete()
    state.withLock { $0.pause }?.ring()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if !state.withLock({ $0.mustWait(continuation) }) { continuation.resume() }
      }
    } onCancel: {
      for bell in state.withLock({ $0.hurry() }) { bell.ring() }
    }
    let hasEndedWell = state.withLock { $0.hasEndedWell }
    if Task.isCancelled, !hasEndedWell { throw CancellationError() }
    if let failure = dialogue.standing.untoldFailure { throw failure }
  }

  /// Notes that it has greeted, maybe again.
  func noteGreeting() {
    state.withLock { $0.noteGreeting() }
    hasGreeted.yield()
    hasGreeted.finish()
  }

  /// Starts it, and again when it fails, until it has ended well, fails too often, or the task is
  /// cancelled.
  private func run() async {
    guard state.withLock({ $0.begin() }) else { return }
    var failures = 0
    while true {
      let end = await runOnce()
      failures = dialogue.standing.hasProgressed ? 1 : failures + 1
      guard let pause = handle(end, failures: failures), await wait(for: pause) else { break }
    }
    dialogue.end(nil)
    hasGreeted.finish()
    for waiting in state.withLock({ $0.end() }) { waiting.resume() }
  }

  /// Decides what follows an end.
  ///
  /// - Returns: how long to wait before it is started again; nil if it isn't.
  private func handle(_ end: ProgramEnd, failures: Int) -> Duration? {
    let standing = dialogue.standing
    if end.isClean, standing.mayEnd {
      state.withLock { $0.hasEndedWell = true }
      return nil
    }
    if Task.isCancelled { return nil }
    let (hasGreeted, lastWords) = state.withLock { ($0.hasGreeted, $0.lastWords) }
    let reason = "\(options.command[0]) " + sentence(end, standing.unanswered, lastWords)
    guard hasGreeted, standing.outlivesFailure else {
      self.hasGreeted.finish(throwing: PipelineError(reason))
      dialogue.end(PipelineError(reason))
      return nil
    }
    guard failures <= options.restarts else {
      let story =
        failures == 1
        ? "it is not started again" : "it failed \(failures) times without answering in between"
      dialogue.end(DeliveryError(rejected: "\(reason); \(story)"))
      return nil
    }
    logger.warning("\(reason); starting it again (\(failures) of \(options.restarts))")
    state.withLock { $0.noteRestart(reason) }
    return .milliseconds(100 << min(failures - 1, 6))
  }

  private func sentence(_ end: ProgramEnd, _ unanswered: Int, _ lastWords: String) -> String {
    var text = end.description
    if unanswered > 0 {
      text += ", with \(unanswered) \(unanswered == 1 ? "batch" : "batches") unanswered"
    }
    if !lastWords.isEmpty { text += " (its last words: \(lastWords.prefix(200)))" }
    return text
  }

  /// Waits before a restart.
  ///
  /// - Returns: whether it is still needed.
  private func wait(for pause: Duration) async -> Bool {
    let bell = Bell()
    state.withLock { $0.pause = bell }
    if dialogue.standing.isNeeded {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { try? await RealClock().sleep(for: pause) }
        group.addTask { _ = await bell.wait() }
        await group.next()
        group.cancelAll()
      }
    }
    let isHurried = state.withLock { state in
      state.pause = nil
      return state.isHurried
    }
    return !Task.isCancelled && !isHurried && dialogue.standing.isNeeded
  }
}
