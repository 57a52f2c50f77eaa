import ArgumentParser
import Dashboard
import PatchbayCore
import PatchbayJSON
import Synchronization

/// Shows events as they pass through a stage of a run that goes on: `patchbay tap`.
struct TapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tap",
    abstract:
      "Shows events as they pass through a stage of a run that goes on, a line of JSON each.",
    discussion: """
      STAGE is what leaves by its main port, or what a sink has written; STAGE.rejected and STAGE.failed are the other \
      ports. The run isn't slowed down: at most 1 000 events a second are shown, and a line on standard error says how many were \
      passed over. Secrets are masked. Exit codes: 0 the run has ended, or --limit is reached; 1 it doesn't answer, or \
      has no such stage; 66 no run goes on.
      """)

  @Argument(help: "A stage, or one of its ports: inject, inject.failed.")
  var stage: String

  @Option(
    name: .customLong("run"),
    help: "The run: its folder or its id; without it the newest that goes on.")
  var runName: String?

  @ArgumentParser.OptionGroup var directory: RunsFolder

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only events with this value, such as outcome=failed; several must all hold.",
      discussion:
        "Fields: \(RunTap.Condition.Field.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "field=value"))
  var conditions: [String] = []

  @Option(help: "How many events are shown at the most.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit: expected 1 or more, found \(limit)") }
    _ = try request
  }

  private var request: RunTap.Request {
    get throws {
      let parts = stage.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      var request = RunTap.Request(stage: String(parts[0]))
      if parts.count > 1 {
        guard let port = PortName(rawValue: String(parts[1])), port != .out else {
          throw ValidationError("expected a stage, STAGE.rejected or STAGE.failed, found \(stage)")
        }
        request.port = port
      }
      request.conditions = try conditions.map(Self.condition)
      return request
    }
  }

  private static func condition(_ text: String) throws -> RunTap.Condition {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let field = RunTap.Condition.Field(rawValue: String(parts[0])) else {
      let names = RunTap.Condition.Field.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--where: expected FIELD=VALUE, with one of \(names)")
    }
    return RunTap.Condition(field, String(parts[1]))
  }

  func run() async throws {
    let (_, path) = try directory.socket(of: runName)
    let shown = Mutex(0)
    do {
      try await RunSocket.ask(.tap(try request), at: path) { [limit] json in
        if let missed = json["missed"]?.integer {
          Terminal.printError("\(missed) more events passed")
          return true
        }
        print(json.text())
        // Whoever reads wants to see it now.
        if ProgramOutput.failure != nil { return false }
        let count = shown.withLock { shown in
          shown += 1
          return shown
        }
        return limit.map { count < $0 } ?? true
      }
    } catch {
      throw RunsFolder.end(error)
    }
  }
}
