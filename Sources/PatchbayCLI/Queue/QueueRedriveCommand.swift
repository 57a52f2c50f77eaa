import ArgumentParser
import PatchbayCore
import PatchbayRuntime
import PatchbayStages

/// Sends dead letters through a pipeline again: `patchbay queue redrive`.
struct QueueRedriveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redrive",
    abstract: "Sends the events of a dead-letter file through a pipeline again.",
    discussion: """
      They come in the place of a source, and go the way of its events. Requests carry the idempotency keys \
      and event ids of the run in which they failed, so that a target that knows those gives an event no second \
      effect; where a request carries several events, the key is that of the same events together. The file stays \
      as it is; what fails again is in the dead letters of the new run. Exit codes are those of `patchbay run`; of \
      several runs in one file, that of the first that didn't go well.
      """)

  @Argument(help: "The file that a dead-letter sink wrote.", completion: .file())
  var file: String

  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Takes only letters with this value, such as outcome=unknown; several must all hold.",
      discussion: "Fields: \(DeadLetter.fields.joined(separator: ", ")).", valueName: "field=value")
  )
  var conditions: [String] = []

  @Option(help: "In whose place the events come; needed if the pipeline has several sources.")
  var source: String?

  @Flag(help: "Says what would be sent, and sends nothing.")
  var dryRun = false

  func run() async throws {
    let filter = try conditions.map(Self.condition)
    let letters = try read().filter { letter in
      filter.allSatisfy { letter.value($0.field) == $0.value }
    }
    let groups = Self.byRun(letters)
    let plan = try configuration.file.planOrExit()
    let place = try place(in: plan)
    print(
      "\(letters.count) \(letters.count == 1 ? "event" : "events") of \(OutsideText.shown(file)), of "
        + "\(groups.count) \(groups.count == 1 ? "run" : "runs"), in the place of \(place)")
    if dryRun {
      for letter in letters { print(Self.line(letter)) }
      return
    }
    for group in groups {
      let code = try await redrive(group, plan, in: place)
      if code != .success { throw ArgumentParser.ExitCode(code.rawValue) }
    }
  }

  // MARK: The letters

  private static func condition(_ text: String) throws -> (field: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, DeadLetter.fields.contains(String(parts[0])) else {
      throw ValidationError(
        "--where: expected FIELD=VALUE, with one of \(DeadLetter.fields.joined(separator: ", "))")
    }
    return (String(parts[0]), String(parts[1]))
  }

  private func read() throws -> [DeadLetter] {
    do {
      let bytes = try InputFile.contents(of: file, upTo: .max)
      return try bytes.split(separator: 0x0A).enumerated().map { number, line in
        do {
          return try DeadLetter(Array(line))
        } catch {
          throw UnreadableInput("\(file):\(number + 1): no dead letter: \(error)")
        }
      }
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
  }

  /// The letters of each run, in the order of their first.
  private static func byRun(_ letters: [DeadLetter]) -> [[DeadLetter]] {
    var groups: [[DeadLetter]] = []
    var places: [String: Int] = [:]
    for letter in letters {
      if let place = places[letter.runID] {
        groups[place].append(letter)
      } else {
        places[letter.runID] = groups.count
        groups.append([letter])
      }
    }
    return groups
  }

  private static func line(_ letter: DeadLetter) -> String {
    ["sequence_id", "outcome", "code", "status", "run_id"].compactMap { field in
      letter.value(field).map { "\(field)=\(OutsideText.shown($0))" }
    }.joined(separator: "  ")
  }

  // MARK: The pipeline

  private func place(in plan: Plan) throws -> String {
    let sources = plan.stages.filter { $0.role == .source }.map(\.name)
    if let source {
      guard sources.contains(source) else {
        throw ValidationError(
          "--source: there is no source \(source); there is \(sources.joined(separator: ", "))")
      }
      return source
    }
    guard sources.count == 1 else {
      throw ValidationError("--source: say which of \(sources.joined(separator: ", "))")
    }
    return sources[0]
  }

  private func redrive(
    _ letters: [DeadLetter], _ plan: Plan, in place: String
  ) async throws -> PatchbayCore.ExitCode {
    var plan = plan
    for planned in plan.stages where planned.role == .source {
      try plan.replace(
        planned.name, with: DeadLetterSource(planned.name == place ? letters : [], from: file))
    }
    let control = StopControl()
    let terminal = Terminal(
      keepsOutputForRecords: plan.printsRecords, whenClosed: { control.outputClosed() })
    var environment = RunEnvironment(
      console: terminal, input: InputFile.standard(), logger: ErrorLog.logger())
    environment.key = letters.first?.key
    let run = PipelineRun(plan, in: environment, control: control)
    return await SupervisedRun(run, control, terminal, plan).perform()
  }
}
