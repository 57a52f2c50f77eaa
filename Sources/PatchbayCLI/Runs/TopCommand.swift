import ArgumentParser
import Dashboard
import PatchbayCore
import Reports
import Synchronization

/// Shows a run that goes on: `patchbay top`.
struct TopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Shows a run that goes on, stage by stage, until it ends.",
    discussion: """
      It asks the socket in the run's folder: the run needs no option, and doesn't wait for who looks. Exit codes: 0 the \
      run has ended; 1 it doesn't answer; 66 no run goes on.
      """)

  @Argument(help: "The run: its folder or its id; without it the newest that goes on.")
  var name: String?

  @ArgumentParser.OptionGroup var directory: RunsFolder

  @Flag(help: "Shows it once.")
  var once = false

  func run() async throws {
    let (folder, path) = try directory.socket(of: name)
    let last = Mutex<(report: RunReport, time: MonotonicInstant)?>(nil)
    let redraws = Terminal.canAsk && !once
    do {
      try await RunSocket.ask(.top, at: path) { [once] json in
        let state = try LiveState(json, folder: folder)
        let table = last.withLock { last in
          defer { last = (state.report, .now) }
          return RunTable(
            state.report, waits: state.waits, last: last?.report,
            seconds: last.map { Double($0.time.elapsedNanoseconds) / 1e9 } ?? 1)
        }
        if redraws { ProgramOutput.clearScreen() }
        print(table.text + (redraws ? "" : "\n"), terminator: "")
        return !once && !state.hasEnded
      }
    } catch {
      throw RunsFolder.end(error)
    }
  }
}
