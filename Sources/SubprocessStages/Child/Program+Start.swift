import Logging
import PatchbayCore
import Subprocess
import Synchronization

/// What one of the tasks that deal with a running program has come to.
private enum Turn: Sendable {
  case done
  case exited
  case outputEnded(complaint: String?)
  case fault(String)
}

extension Program {
  private typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  /// Runs the program once.
  func runOnce() async -> ProgramEnd {
    let (hurry, isHurried) = state.withLock { ($0.noteStart(at: .now), $0.isHurried) }
    if isHurried { hurry.ring() }
    dialogue.start()
    do {
      let result = try await Subprocess.run(
        options.configuration, input: .inputWriter, output: .sequence, error: .sequence
      ) { running in
        let id = running.processIdentifier.value
        return await SuddenEnd.guarding {
          ProcessTree.killAll(from: id)
        } while: {
          await converse(running, hurry)
        }
      }
      return ProgramEnd(result.terminationStatus, result.closureResult)
    } catch {
      return ProgramEnd(error, starting: options.command[0])
    }
  }

  /// Deals with a running program until it has ended, or has to be ended; nothing of its process group
  /// is left then.
  private func converse(_ running: Running, _ hurry: Bell) async -> ProgramEnd.Notice? {
    let opening = Bell()
    return await withTaskGroup(of: Turn.self) { group in
      group.addTask { await self.write(to: running.standardInputWriter, opening) }
      group.addTask { await self.read(running.standardOutput, opening) }
      group.addTask { await self.log(running.standardError) }
      group.addTask { await self.watch() }
      group.addTask { await self.waitForHurry(hurry) }
      group.addTask { await self.waitForExit(of: running) }
      var (hasExited, outputHasEnded) = (false, false)
      var notice: ProgramEnd.Notice?
      while !(hasExited && outputHasEnded), let turn = await group.next() {
        switch turn {
        case .done: break
        case .exited: hasExited = true
        case .outputEnded(let complaint):
          outputHasEnded = true
          notice = complaint.map { .complaint($0) }
          state.withLock { $0.noteOutputEnd(at: .now) }
        case .fault(let text): notice = .fault(text)
        }
        if case .fault = notice { break }
        if Task.isCancelled { break }
      }
      // Before its pipes are let go of: what it would say of that is nobody's concern.
      if !hasExited { await kill(running) }
      group.cancelAll()
      // Its id is its group's, and nobody else's until it is reaped, which comes after this.
      try? running.send(signal: .kill, toProcessGroup: true)
      return notice
    }
  }

  /// Ends a program and whatever it has started.
  private func kill(_ running: Running) async {
    let strays = await ProcessTree.find(below: running.processIdentifier.value)
    strays?.send(.terminate)
    let isHurried = Task.isCancelled || state.withLock { $0.isHurried }
    await running.teardown(
      using: isHurried ? ProgramPatience.hurriedTeardown : ProgramPatience.teardown)
    strays?.send(.kill)
  }

  /// Waits until the program has ended, also when the task is cancelled: then it is ended soon.
  private func waitForExit(of running: Running) async -> Turn {
    // Signal 0 is none: this only waits.
    let wait = TeardownStep.send(
      signal: Signal(rawValue: 0), toProcessGroup: false,
      allowedDurationToNextStep: .seconds(1 << 31))
    await running.teardown(using: [wait])
    return .exited
  }

  private func waitForHurry(_ hurry: Bell) async -> Turn {
    guard await hurry.wait() else { return .done }
    guard (try? await RealClock().sleep(for: ProgramPatience.hurry)) != nil else { return .done }
    return .fault("was still there when the run had to end")
  }

  private func write(to writer: StandardInputWriter, _ opening: Bell) async -> Turn {
    do {
      _ = try await writer.write(greeting)
      guard await opening.wait() else { return .done }
      while let bytes = await dialogue.nextOutput() {
        // Less is written to a program that has ended.
        guard try await writer.write(bytes) == bytes.count else { break }
      }
      try await writer.finish()
    } catch {
      // It has closed its input. What is behind that, its output or its end will tell.
    }
    dialogue.inputEnded()
    return .done
  }

  private func read(_ output: SubprocessOutputSequence, _ opening: Bell) async -> Turn {
    var splitter = LineSplitter(longest: dialogue.longestLine)
    var reader: (any LineReader)?
    do {
      for try await buffer in output {
        var lines = splitter.lines(in: buffer.withUnsafeBytes { Array($0) })[...]
        if reader == nil, let first = lines.popFirst() {
          try check(first)
          noteGreeting()
          reader = dialogue.makeReader()
          opening.ring()
        }
        if !lines.isEmpty { try await reader?.take(lines) }
      }
      return .outputEnded(complaint: reader?.complaint(about: splitter.finish()))
    } catch let violation as ProtocolViolation {
      return .fault("\(violation)")
    } catch {
      return .fault("could not be read from: \(error)")
    }
  }

  private func check(_ greeting: LineSplitter.Line) throws(ProtocolViolation) {
    guard let bytes = greeting.bytes else {
      throw ProtocolViolation(lineOver: dialogue.longestLine)
    }
    try Greeting.check(Array(bytes))
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
      let now = MonotonicInstant.now
      let lateness = state.withLock { $0.lateness(at: now, options) }
      if let lateness = lateness ?? dialogue.lateness(at: now) { return .fault(lateness) }
    }
    return .done
  }
}
